export { type EventFaults, type FaultRates, randomFaults } from './event-faults.ts';
export { DEFAULT_FAR_END, type FarEndModel, farEndScenarios, type Spread } from './far-end-model.ts';
export { type InboundCaller, type NetworkOptions, SimulatedNetwork } from './network.ts';
export { parseScenario, type Scenario, type ScenarioSource } from './scenario.ts';
export type { TrunkFault, TrunkOptions } from './trunk.ts';
