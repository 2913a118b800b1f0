import type { AbandonLedger } from './abandon-ledger.ts';
import type { PacingObservation } from './pacing-types.ts';

/** Answered calls are remembered until they are connected or abandoned; more than this cannot be on a floor. */
const MAX_PENDING = 20_000;

/**
 * Counts each answered call once as answered and at most once as abandoned, in the window of its answer.
 * A person connected after the limit counts as abandoned, as the regulators count.
 */
export class AbandonWatch {
  private readonly ledger: AbandonLedger;
  private readonly answeredAt = new Map<string, number>();

  constructor(ledger: AbandonLedger) {
    this.ledger = ledger;
  }

  observe(observation: PacingObservation, connectWithinMs: number): void {
    const { callId, at } = observation;
    if (observation.type === 'answered') this.answered(callId, at);
    else if (observation.type === 'abandoned') this.abandoned(callId, at);
    else if (observation.type === 'connected') {
      const answeredAt = this.answeredAt.get(callId);
      if (answeredAt !== undefined && at - answeredAt > connectWithinMs) this.abandoned(callId, at);
      this.answeredAt.delete(callId);
    }
  }

  private answered(callId: string, at: number): void {
    if (this.answeredAt.get(callId) === at) return;
    this.answeredAt.set(callId, at);
    this.ledger.add(at, { answered: 1, abandoned: 0 });
    if (this.answeredAt.size <= MAX_PENDING) return;
    const [oldest] = this.answeredAt.keys();
    if (oldest !== undefined) this.answeredAt.delete(oldest);
  }

  /** Without a known answer (a restart in between) it counts at its own time. */
  private abandoned(callId: string, at: number): void {
    this.ledger.add(this.answeredAt.get(callId) ?? at, { answered: 0, abandoned: 1 });
    this.answeredAt.delete(callId);
  }
}
