import type { DeskReader } from '../../campaigns/agents/index.ts';
import type { CampaignService } from '../../campaigns/campaigns/index.ts';
import { defineRoute, type Route } from '../../campaigns/routes/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import {
  agentViewSchema,
  deskSchema,
  disposeSchema,
  pauseSchema,
  skipSchema,
  startSchema,
} from './agent-schema.ts';
import type { AgentCommand, DialerControl } from './dialer-control.ts';

const EXAMPLE_ID = '01hf3k9z8v0a2b4c6d8e';

interface AgentServices {
  clock: Clock;
  dialer: DialerControl;
  campaigns: CampaignService;
  desk: DeskReader;
}

const common = { roles: ['agent'], tag: 'Agent desk', response: agentViewSchema } as const;

/** The agent's desk: commands to the engine, and everything to show. A repeated command finds its work done. */
export function agentRoutes(services: AgentServices): Route[] {
  return [...session(services), ...states(services.dialer), ...work(services.dialer), desk(services)];
}

function session({ dialer, campaigns }: AgentServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: '/agent/session',
      summary: 'Sign on to a campaign; the agent begins paused',
      body: startSchema,
      example: { campaignId: EXAMPLE_ID },
      handler: async ({ queries, viewer, body }) => {
        await campaigns.campaign(queries, viewer, body.campaignId);
        const { vendorId, teamId } = viewer;
        return dialer.agentCommand(viewer.userId, {
          type: 'start',
          campaignId: body.campaignId,
          vendorId,
          teamId,
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/agent/session',
      summary: 'Sign off',
      handler: ({ viewer }) => dialer.agentCommand(viewer.userId, { type: 'end' }),
    }),
  ];
}

function states(dialer: DialerControl): Route[] {
  return [
    plain(dialer, { path: '/agent/ready', summary: 'Ready for calls', command: { type: 'ready' } }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/agent/pause',
      summary: 'Pause, with a reason; after the call when one is on',
      body: pauseSchema,
      example: { reason: 'lunch' },
      handler: ({ viewer, body }) =>
        dialer.agentCommand(viewer.userId, { type: 'pause', reason: body.reason }),
    }),
    plain(dialer, {
      path: '/agent/extend-wrap-up',
      summary: 'More time to write, once a call',
      command: { type: 'extendWrapUp' },
    }),
  ];
}

function work(dialer: DialerControl): Route[] {
  return [
    plain(dialer, { path: '/agent/hang-up', summary: 'End the talk', command: { type: 'hangUp' } }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/agent/dispose',
      summary: 'Say how the call went; what follows for the lead is planned at once',
      body: disposeSchema,
      example: { callId: EXAMPLE_ID, dispositionId: EXAMPLE_ID, note: '' },
      handler: ({ viewer, body }) => {
        const { callback, ...rest } = body;
        const command: AgentCommand = { type: 'dispose', ...rest, ...(callback && { callback }) };
        return dialer.agentCommand(viewer.userId, command);
      },
    }),
    plain(dialer, {
      path: '/agent/preview/dial',
      summary: 'Call the lead shown',
      command: { type: 'previewDial' },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/agent/preview/skip',
      summary: 'Do not call the lead shown now, with a reason',
      body: skipSchema,
      example: { reason: 'wrongSegment' },
      handler: ({ viewer, body }) =>
        dialer.agentCommand(viewer.userId, { type: 'previewSkip', reason: body.reason }),
    }),
  ];
}

function plain(
  dialer: DialerControl,
  { path, summary, command }: { path: string; summary: string; command: AgentCommand },
): Route {
  return defineRoute({
    ...common,
    method: 'post',
    path,
    summary,
    handler: ({ viewer }) => dialer.agentCommand(viewer.userId, command),
  });
}

function desk({ clock, dialer, desk: reader }: AgentServices): Route {
  return defineRoute({
    ...common,
    method: 'get',
    path: '/agent/desk',
    summary: 'Everything the desk shows: state, customer, script, dispositions, own numbers today',
    response: deskSchema,
    handler: async ({ viewer }) => {
      const agent = await dialer.agentView(viewer.userId);
      const rest = await reader.desk(viewer, { campaignId: agent.campaignId, work: agent.work });
      const dispositions = rest.dispositions.map(({ campaignId: _campaignId, ...one }) => one);
      return { now: clock.now(), agent, ...rest, dispositions };
    },
  });
}
