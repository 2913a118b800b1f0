import type { AgentCommand, AgentView, SignIn } from '../../dialer/engine/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Random } from '../../platform/random/index.ts';

const AGAIN_MS = 1_000;

/** The part of the engine that robots use: the same that people's screens use. */
export interface AgentDoor {
  signIn(signIn: SignIn): Promise<AgentView>;
  command(agentId: Id, command: AgentCommand): Promise<AgentView>;
}

/** What a robot says of a call it had. */
export interface RobotVerdict {
  dispositionId: Id;
  note?: string;
  callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
}

export interface RobotBehaviour {
  /** Wrap-up, ms. */
  wrapUpMs(random: Random, view: AgentView): number;
  /** How long a preview card is looked at, ms. */
  previewMs(random: Random): number;
  verdict(view: AgentView, random: Random): RobotVerdict;
}

export interface RobotOptions {
  door: AgentDoor;
  timers: Timers;
  random: Random;
  behaviour: RobotBehaviour;
  onFailure(error: unknown): void;
}

/**
 * Agents who are not people, on the demo's and the replay's floors: they sign in, take calls, and say what became
 * of them. They act on the same views and by the same commands as a person's screen.
 */
export class RobotAgents {
  readonly #options: RobotOptions;
  readonly #agents = new Set<Id>();
  readonly #latest = new Map<Id, AgentView>();
  /** The moment each robot has acted on, so that a view told twice is acted on once. */
  readonly #actedOn = new Map<Id, string>();
  #resting = false;

  constructor(options: RobotOptions) {
    this.#options = options;
  }

  async signIn(signIns: readonly SignIn[]): Promise<void> {
    for (const signIn of signIns) {
      if (this.#resting) return;
      this.#agents.add(signIn.agentId);
      this.#act(await this.#options.door.signIn(signIn));
    }
  }

  /** From now on they do nothing any more. */
  rest(): void {
    this.#resting = true;
  }

  /** To be called with every change of any agent's view. */
  agentChanged(view: AgentView): void {
    if (this.#agents.has(view.agentId)) this.#act(view);
  }

  #act(view: AgentView): void {
    if (this.#resting) return;
    this.#latest.set(view.agentId, view);
    const moment = `${view.state}/${view.reason}/${view.since}/${view.attemptId}/${view.disposed}`;
    if (this.#actedOn.get(view.agentId) === moment) return;
    this.#actedOn.set(view.agentId, moment);
    const { behaviour, random } = this.#options;
    if (view.state === 'paused' && view.reason !== 'no_disposition') {
      // whoever was sent away by a lost phone looks at it first
      this.#later(view.reason === 'signed_in' ? 0 : AGAIN_MS, view, { type: 'ready' });
    } else if (view.state === 'reserved' && view.attemptId === null) {
      this.#later(behaviour.previewMs(random), view, { type: 'dialPreview' });
    } else if (view.callId !== null && !view.disposed && isAfterTalk(view)) {
      const verdict = behaviour.verdict(view, random);
      this.#later(behaviour.wrapUpMs(random, view), view, {
        type: 'dispose',
        callId: view.callId,
        note: '',
        ...verdict,
      });
    }
  }

  #later(ms: number, view: AgentView, command: AgentCommand): void {
    this.#options.timers.after(ms, () => {
      if (this.#resting) return;
      this.#options.door.command(view.agentId, command).catch((error: unknown) => {
        // the floor moved on meanwhile: a phone not up yet, a call that another event ended
        if (isDomainError(error) && error.kind === 'conflict') this.#actedOn.delete(view.agentId);
        else this.#options.onFailure(error);
        this.#tryAgain(view.agentId);
      });
    });
  }

  /** As a person would: if the screen still says so, the button is pressed once more. */
  #tryAgain(agentId: Id): void {
    this.#options.timers.after(AGAIN_MS, () => {
      const view = this.#latest.get(agentId);
      if (!view || view.state === 'loggedOut') return;
      this.#actedOn.delete(agentId);
      this.#act(view);
    });
  }
}

function isAfterTalk(view: AgentView): boolean {
  return view.state === 'wrapUp' || (view.state === 'paused' && view.reason === 'no_disposition');
}
