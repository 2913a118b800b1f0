export type { AnsweredBy, CallNetworkEvent, EndedBy, HangupCause, NetworkEvent } from './network-event.ts';
export type {
  AgentPhone,
  Listener,
  OpenCall,
  OpenCallPhase,
  PlaceOrder,
  Telephony,
  TrunkState,
} from './port.ts';
