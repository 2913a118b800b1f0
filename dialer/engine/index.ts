export type { AgentCommand, SignIn } from './agent-commands.ts';
export { DialerEngine } from './engine.ts';
export type { EngineListener, EngineOptions } from './engine-parts.ts';
export type { AgentView, LiveCounts, LiveSnapshot } from './live.ts';
