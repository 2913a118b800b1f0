import type { Instant } from '../../platform/clock/index.ts';
import { resumeCall } from '../core/call-machine.ts';
import type { AttemptFacts } from '../ports.ts';
import type { OpenCall } from '../telephony/index.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { SharedParts } from './engine-parts.ts';
import type { Line } from './line.ts';

/**
 * Before the first call of a life: every attempt that an earlier life left open is compared with what the switch
 * holds. What the switch still has goes on; what it does not have ended at our last sign of life.
 */
export async function reconcile(dialer: CampaignDialer, parts: SharedParts): Promise<void> {
  const { callLog, telephony, timers, db, journal } = parts;
  const campaignId = dialer.floor.plan.id;
  const open = await callLog.openAttempts(campaignId);
  const held = new Map((await telephony.openCalls()).map((call) => [call.attemptId, call]));
  const now = timers.now();
  const diedAt = Math.min(now, dialer.lease.lastSignOfLife ?? now);
  for (const facts of open) resume(dialer, { facts, call: held.get(facts.attemptId), now, diedAt });
  await journal.drain();
  const latest = Math.max(diedAt, ...open.map(latestKnown));
  await db.transact((tx) => callLog.closeStaleSessions(tx, { campaignId, at: Math.min(now, latest) }));
}

interface Resumed {
  facts: AttemptFacts;
  call: OpenCall | undefined;
  now: Instant;
  diedAt: Instant;
}

function resume(dialer: CampaignDialer, { facts, call, now, diedAt }: Resumed): void {
  const { attemptId, orderedAt, answeredAt, agentId, connectedAt } = facts;
  const remembered = { attemptId, at: orderedAt, answeredAt, agentId, connectedAt };
  const line: Line = {
    facts,
    call: resumeCall(remembered, now, dialer.floor.policy),
    trunkId: '',
    callerId: null,
    ticket: '',
    ticketExpiresAt: now,
    reservedFor: null,
    deadline: undefined,
    deadlineAt: undefined,
    toldAnswered: answeredAt !== undefined,
  };
  dialer.floor.lines.set(attemptId, line);
  if (call) {
    const { phase, answeredAt: answered, agentId: joined } = call;
    dialer.calls.apply(line, { type: 'found', at: now, phase, answeredAt: answered, agentId: joined });
  } else {
    dialer.calls.apply(line, { type: 'missing', at: Math.max(diedAt, latestKnown(facts) + 1) });
  }
}

function latestKnown(facts: AttemptFacts): Instant {
  return Math.max(facts.orderedAt, facts.ringingAt ?? 0, facts.answeredAt ?? 0, facts.connectedAt ?? 0);
}
