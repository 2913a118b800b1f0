import type { Instant } from '../../platform/clock/index.ts';
import { resumeCall } from '../core/call-machine.ts';
import type { AttemptFacts } from '../ports.ts';
import type { OpenCall } from '../telephony/index.ts';
import { callerIdDay } from './caller-ids.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { SharedParts } from './engine-parts.ts';
import type { Line } from './line.ts';

/**
 * Before the first call of a life: every attempt that an earlier life left open is compared with what the switch
 * holds. What the switch still has goes on; what it does not have ended at our last sign of life. The lines stand on
 * the floor before the switch is asked, so that no event in between is lost.
 */
export async function reconcile(dialer: CampaignDialer, parts: SharedParts): Promise<void> {
  const { callLog, telephony, timers, db, journal } = parts;
  const { floor } = dialer;
  const campaignId = floor.plan.id;
  await journal.drain(); // what this process itself wrote of an earlier tenure
  const open = await callLog.openAttempts(campaignId);
  const lines = open.map((facts) => resumedLine(dialer, facts, timers.now()));
  const now = timers.now();
  floor.callerIds.remember(
    await callLog.callerIdUse({ campaignId, since: callerIdDay(floor.plan, now) }),
    now,
  );
  const diedAt = Math.min(now, dialer.lease.lastSignOfLife ?? now);
  const held = new Map((await telephony.openCalls()).map((call) => [call.attemptId, call]));
  for (const line of lines) compare(dialer, line, { call: held.get(line.facts.attemptId), now, diedAt });
  await journal.drain();
  const latest = Math.max(diedAt, ...open.map(latestKnown));
  await db.transact((tx) => callLog.closeStaleSessions(tx, { campaignId, at: Math.min(now, latest) }));
}

function resumedLine(dialer: CampaignDialer, facts: AttemptFacts, now: Instant): Line {
  const { attemptId, orderedAt, answeredAt, connectedAt } = facts;
  // before the connection the books name the agent it was dialed for, not one who is being joined
  const joined = connectedAt === undefined ? undefined : facts.agentId;
  const reservedFor = connectedAt === undefined ? facts.agentId : undefined;
  if (connectedAt === undefined) delete facts.agentId;
  const remembered = { attemptId, at: orderedAt, reservedFor, answeredAt, agentId: joined, connectedAt };
  const line: Line = {
    facts,
    call: resumeCall(remembered, now, dialer.floor.policy),
    trunkId: '',
    callerId: null,
    ticket: '',
    ticketExpiresAt: now,
    reservedFor: reservedFor ?? null,
    deadline: undefined,
    deadlineAt: undefined,
    withdrawn: false,
    toldAnswered: answeredAt !== undefined,
  };
  dialer.floor.lines.set(attemptId, line);
  return line;
}

interface Found {
  call: OpenCall | undefined;
  now: Instant;
  diedAt: Instant;
}

function compare(dialer: CampaignDialer, line: Line, { call, now, diedAt }: Found): void {
  if (dialer.floor.lines.get(line.facts.attemptId) !== line) return; // it ended while we asked
  if (call) {
    const { phase, answeredAt, agentId } = call;
    dialer.calls.apply(line, { type: 'found', at: now, phase, answeredAt, agentId });
    return;
  }
  dialer.calls.apply(line, { type: 'missing', at: endUnheard(dialer, line.facts, { now, diedAt }) });
}

/**
 * When a call ended that nobody heard the end of: at our last sign of life. A person who had answered and had no
 * agent waited for one past the limit, if there was time for it: for the law they were abandoned.
 */
function endUnheard(
  dialer: CampaignDialer,
  facts: AttemptFacts,
  times: { now: Instant; diedAt: Instant },
): Instant {
  const at = Math.max(times.diedAt, latestKnown(facts) + 1);
  if (facts.answeredAt === undefined || facts.connectedAt !== undefined) return at;
  return Math.max(at, Math.min(times.now, facts.answeredAt + dialer.floor.policy.connectWithinMs));
}

function latestKnown(facts: AttemptFacts): Instant {
  return Math.max(facts.orderedAt, facts.ringingAt ?? 0, facts.answeredAt ?? 0, facts.connectedAt ?? 0);
}
