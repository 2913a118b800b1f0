export {
  createLogger,
  createPino,
  fromPino,
  type LogFields,
  type Logger,
  type LogOptions,
  silentLogger,
} from './logger.ts';
export { scrubErrorMessage, scrubText } from './scrub.ts';
