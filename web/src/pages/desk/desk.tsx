import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../api/shapes.ts';
import { localInput } from '../../format/moments.ts';
import { EmptyState, ProblemLine } from '../../parts/states.tsx';
import { useServices } from '../../session/services.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { type DeskDraft, draftFaults, shownDispositions } from './desk-draft.ts';
import type { DeskCommand } from './desk-keys.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { ScriptPanel, shownStep } from './script-panel.tsx';
import { StateBar } from './state-bar.tsx';
import { useDesk, useDeskOrder } from './use-desk.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { useDraft } from './use-draft.ts';

/** An agent who is signed on: state above, customer, script and result below. */
export function Desk({ desk, stale }: { desk: DeskView; stale: unknown }) {
  const { agent, card, script, dispositions } = desk;
  const [draft, act] = useDraft(agent.work, dispositions);
  const [choosingPause, setChoosingPause] = useState(false);
  const note = useRef<HTMLTextAreaElement>(null);
  const order = useDeskOrder();
  const save = useSave(desk, draft, () => act({ type: 'sent' }));
  const onCall = Boolean(agent.work?.callId) && !draft.sent;

  const run = (command: DeskCommand) => {
    switch (command.type) {
      case 'pause':
        return setChoosingPause(true);
      case 'skip':
        return order.mutate({ type: 'skip', reason: 'skipped' });
      case 'save':
        return save.send();
      case 'note':
        return note.current?.focus();
      case 'back':
        note.current?.blur();
        return act({ type: 'back' });
      case 'stepBack':
        return act({ type: 'stepBack' });
      case 'result': {
        const one = shownDispositions(draft, dispositions)[command.index];
        return one && act({ type: 'choose', id: one.id });
      }
      case 'branch': {
        const branch = script && shownStep(script, draft)?.branches[command.index];
        return branch && act({ type: 'goTo', stepId: branch.goTo });
      }
      default:
        return order.mutate({ type: command.type });
    }
  };
  useDeskKeys(choosingPause ? undefined : { state: agent.state, onCall }, run);

  return (
    <main className="desk">
      <StateBar
        desk={desk}
        order={order}
        run={run}
        onCall={onCall}
        pauseMenu={{ open: choosingPause, close: () => setChoosingPause(false) }}
      />
      <ProblemLine error={order.error ?? save.error ?? stale} />
      {card && agent.work ? (
        <div className="desk-work">
          <CustomerPanel card={card} work={agent.work} campaign={desk.campaign} />
          <ScriptPanel script={script} draft={draft} act={act} />
          {agent.work.callId === null ? (
            <PreviewPanel agent={agent} run={run} busy={order.isPending} />
          ) : (
            <ResultPanel desk={desk} draft={draft} act={act} note={note} save={save} />
          )}
        </div>
      ) : (
        <Waiting desk={desk} />
      )}
    </main>
  );
}

/** Sends the result, or shows what is missing. It may be asked while another order is under way: they queue. */
function useSave(desk: DeskView, draft: DeskDraft, sent: () => void) {
  const order = useDeskOrder();
  const { clock } = useServices();
  const [tried, setTried] = useState('');
  const timeZone = desk.campaign?.timeZone ?? 'UTC';
  const faults = draftFaults(draft, desk.dispositions, localInput(clock.now(), timeZone));
  const send = () => {
    const { work } = desk.agent;
    setTried(draft.attemptId);
    if (!work?.callId || !draft.dispositionId || faults.length > 0 || order.isPending) return;
    const { needsCallbackTime } = desk.dispositions.find(({ id }) => id === draft.dispositionId) ?? {};
    const { dispositionId, note, callbackTime: localTime, callbackMine: reservedForAgent } = draft;
    const callback = needsCallbackTime && { callback: { localTime, timeZone, reservedForAgent } };
    const body = { callId: work.callId, dispositionId, note: note.trim(), ...callback };
    order.mutate({ type: 'dispose', body }, { onSuccess: sent });
  };
  return {
    send,
    busy: order.isPending,
    error: order.error,
    faults: tried === draft.attemptId ? faults : [],
  };
}

/** Nobody is on the line: why, and what comes next. */
function Waiting({ desk }: { desk: DeskView }) {
  const { t } = useTranslation();
  const { isFetching } = useDesk();
  const { state, reason } = desk.agent;
  const key = state === 'paused' && reason === 'signed_in' ? 'signedIn' : state;
  return (
    <section className="panel desk-waiting" aria-busy={isFetching}>
      <EmptyState title={t(`desk.waiting.${key}`)} hint={t(`desk.waitingHint.${key}`)} />
    </section>
  );
}
