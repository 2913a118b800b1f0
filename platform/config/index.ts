export { type Config, type DemoMode, type LogLevel, loadConfig, ROLES, type Role } from './config.ts';
export type { Env } from './env-reader.ts';
export { resolveSecret } from './secret.ts';
