import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand } from '../commands.ts';
import type { CodeOpener } from '../editor/openCode.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { withoutIcons } from '../labels.ts';
import { inform } from '../notices.ts';
import { pickWhileLoading } from '../pickWhileLoading.ts';
import type { EndpointTarget } from '../targets.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import {
  answerPlaceholder,
  endpointChoices,
  questionChoices,
  typedQuestion,
  type EndpointChoice,
  type QuestionChoice,
} from './whichEndpointItems.ts';

export interface WhichEndpointOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly opener: CodeOpener;
  readonly waterfalls: Waterfalls;
  readonly log: Log;
}

/** From a method, status or proxy's router that somebody saw on a dashboard to the endpoints behind it, and their code. */
export function registerWhichEndpoint(options: WhichEndpointOptions): Disposable {
  return registerCommand('spanhop.whichEndpoint', options.log, async (asked) => {
    if (asked !== undefined) await pickEndpoint(asked, undefined, options);
    else await askAndPick(options);
  });
}

/** Until an endpoint is chosen or the picks are closed: the second leads back to the first. */
async function askAndPick(options: WhichEndpointOptions): Promise<void> {
  let isOpen = true;
  while (isOpen) {
    isOpen = false;
    const asked = await pickQuestion(options);
    if (asked === undefined) return;
    const onBack = () => {
      isOpen = true;
    };
    await pickEndpoint(asked, onBack, options);
  }
}

async function pickQuestion({ engine, feed }: WhichEndpointOptions): Promise<string | undefined> {
  const chosen = await pickWhileLoading<QuestionChoice>(
    vscode.l10n.t('Which Endpoint Is This?'),
    async (signal) => {
      const seen = await engine.call('seenQuestions', { window: feed.window() }, signal);
      return {
        items: questionChoices(seen),
        placeholder: vscode.l10n.t(
          'Method and status (DELETE 500, 5xx), or Traefik router or service (orders@docker)',
        ),
      };
    },
    { typed: typedQuestion },
  );
  return chosen?.asked;
}

async function pickEndpoint(
  asked: string,
  onBack: (() => void) | undefined,
  { engine, feed, opener, waterfalls }: WhichEndpointOptions,
): Promise<void> {
  const chosen = await pickWhileLoading<EndpointChoice>(
    withoutIcons(vscode.l10n.t('Which Endpoint Is This? {0}', asked)),
    async (signal) => {
      const answer = await engine.call('endpointsBehind', { asked, window: feed.window() }, signal);
      return { items: endpointChoices(answer), placeholder: answerPlaceholder(answer) };
    },
    {
      ...(onBack && { onBack }),
      onButton: ({ target }) => {
        if (target?.slowestTraceId !== undefined)
          void waterfalls.open(target.slowestTraceId, target.location);
      },
    },
  );
  if (chosen?.target) await open(chosen.target, opener, waterfalls);
}

/** The line; without one the slowest trace, which shows what there is. */
async function open(
  { location, slowestTraceId, reason }: EndpointTarget,
  opener: CodeOpener,
  waterfalls: Waterfalls,
): Promise<void> {
  if (!location && slowestTraceId !== undefined) {
    await waterfalls.open(slowestTraceId);
    return;
  }
  const answer = location
    ? await opener.open(location, { manner: 'keep' })
    : { opened: false, reason };
  if (!answer.opened) void inform(answer.reason);
}
