export {
  createSessionService,
  type SessionLimits,
  type SessionService,
  type SignedIn,
} from './sessions-service.ts';
