import type { Id } from '../../platform/ids/index.ts';

/** What an agent may ask of the dialer. */
export type AgentCommand =
  | { type: 'ready' }
  | { type: 'pause'; reason: string }
  | { type: 'hangUp' }
  | { type: 'extendWrapUp' }
  | { type: 'dialPreview' }
  | { type: 'skipPreview'; reason: string }
  | {
      type: 'dispose';
      callId: Id;
      dispositionId: Id;
      note: string;
      callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
    }
  | { type: 'signOut' };

/** Who sits down to work on a campaign. */
export interface SignIn {
  agentId: Id;
  vendorId: Id;
  teamId: Id;
  campaignId: Id;
  /** Where the phone is: the adapter's own (a SIP endpoint, a plain number); the simulated network needs none. */
  phoneAddress?: string;
}
