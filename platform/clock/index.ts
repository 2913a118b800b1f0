export {
  type Clock,
  delay,
  type Instant,
  systemClock,
  systemTimers,
  type Timer,
  type Timers,
} from './clock.ts';
export { VirtualTimers } from './virtual-timers.ts';
