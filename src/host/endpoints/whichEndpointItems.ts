import * as vscode from 'vscode';
import { formatPercent } from '../../core/base/format.ts';
import {
  behindSentences,
  shareParts,
  throughParts,
} from '../../core/correlate/behind/behindText.ts';
import type { EndpointBehind } from '../../core/correlate/behind/endpointsBehind.ts';
import { parseQuestion, questionText } from '../../core/correlate/behind/question.ts';
import type { SeenQuestion } from '../../core/correlate/behind/questions.ts';
import { errorParts, mixedParts, quantileParts } from '../../core/correlate/figures/figuresText.ts';
import type { BehindAnswer } from '../../engine/methods.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { requestsText, withoutIcons } from '../labels.ts';
import { shownPath, workspacePath } from '../paths.ts';
import type { EndpointTarget } from '../targets.ts';
import { rowTitle } from './rowTitle.ts';

export interface QuestionChoice extends vscode.QuickPickItem {
  /** Undefined: a line between choices. */
  readonly asked?: string;
}

export interface EndpointChoice extends vscode.QuickPickItem {
  readonly target?: EndpointTarget;
}

const icons: Record<SeenQuestion['about'], string> = {
  method: 'symbol-method',
  status: 'error',
  router: 'git-branch',
  service: 'server-process',
  entry: 'globe',
};

/** What was seen, by kind, each with the endpoint that costs most of it. */
export function questionChoices(seen: readonly SeenQuestion[]): readonly QuestionChoice[] {
  const titles: Record<SeenQuestion['about'], string> = {
    method: vscode.l10n.t('Methods'),
    status: vscode.l10n.t('Failed requests'),
    router: vscode.l10n.t('Routers'),
    service: vscode.l10n.t('Services behind a proxy'),
    entry: vscode.l10n.t('Entry points'),
  };
  let last = '';
  return seen.flatMap((one) => {
    const title = titles[one.about];
    const isFirst = title !== last;
    last = title;
    return [
      ...(isFirst ? [{ label: title, kind: vscode.QuickPickItemKind.Separator }] : []),
      questionChoice(one),
    ];
  });
}

function questionChoice({ text, about, first, endpoints }: SeenQuestion): QuestionChoice {
  return {
    asked: text,
    label: withoutIcons(text),
    iconPath: new vscode.ThemeIcon(icons[about]),
    description: first ? withoutIcons(firstText(first, endpoints)) : '',
  };
}

/** `DELETE /api/orders/:id is 92% of the time · p95 2.45 s`. */
function firstText({ endpoint, share }: EndpointBehind, endpoints: number): string {
  const title = rowTitle(endpoint);
  const isAlone = endpoints === 1 || share === undefined;
  return [
    isAlone ? title : vscode.l10n.t('{0} is {1} of the time', title, formatPercent(share)),
    ...(endpoint.figures ? quantileParts(endpoint.figures, ['p95']) : []),
  ].join(' · ');
}

/** What is typed, as a choice of its own; undefined: nothing that could be asked. */
export function typedQuestion(value: string): QuestionChoice | undefined {
  const question = parseQuestion(value);
  if (question === undefined) return undefined;
  const asked = questionText(question);
  return {
    asked,
    label: withoutIcons(asked),
    iconPath: new vscode.ThemeIcon('search'),
    alwaysShow: true,
  };
}

/** The endpoints of an answer: what they are, what they cost, and where their code is. */
export function endpointChoices({ endpoints }: BehindAnswer): readonly EndpointChoice[] {
  return endpoints.map((one) => {
    const target = targetOf(one);
    const { slowestTraceId } = target;
    return {
      target,
      label: withoutIcons(target.title),
      iconPath: new vscode.ThemeIcon(target.location ? 'symbol-method' : 'question'),
      description: withoutIcons(costParts(one).join(' · ')),
      detail: withoutIcons(placeText(one)),
      ...(slowestTraceId !== undefined && {
        buttons: [
          {
            iconPath: new vscode.ThemeIcon('list-tree'),
            tooltip: vscode.l10n.t('Open Slowest Trace'),
          },
        ],
      }),
    };
  });
}

function costParts(one: EndpointBehind): readonly string[] {
  const { figures } = one.endpoint;
  if (figures === undefined) return [];
  return [
    ...shareParts(one),
    ...quantileParts(figures, ['p95']),
    requestsText(figures.count),
    ...errorParts(figures),
    ...mixedParts(figures),
    ...throughParts(one),
  ];
}

function placeText({ endpoint }: EndpointBehind): string {
  const { handler, service, reason } = endpoint;
  const place = handler?.location ?? endpoint.location;
  const name = handler ? `${handler.controller}.${handler.handler}` : service;
  const where = place
    ? `${shownPath(workspacePath(place.path), workspaceFolders())}:${place.line}`
    : reason;
  return [name, where].filter((part) => part !== '').join(' · ');
}

function targetOf({ endpoint }: EndpointBehind): EndpointTarget {
  return {
    endpointId: endpoint.id,
    title: rowTitle(endpoint),
    location: endpoint.handler?.location ?? endpoint.location,
    slowestTraceId: endpoint.figures?.slowestTraceId,
    reason: endpoint.reason,
  };
}

/** What the answer rests on; without any endpoint what to do. */
export function answerPlaceholder(answer: BehindAnswer): string {
  const sentences = [...behindSentences(answer), ...(answer.complete ? [] : [answer.reason])];
  if (answer.endpoints.length > 0) return sentences.join(' ');
  return vscode.l10n.t(
    'No endpoint found for {0} in this time range. Extend the time range or check the name.',
    answer.asked,
  );
}
