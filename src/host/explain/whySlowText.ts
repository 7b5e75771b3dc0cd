import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { CodeLocation, WorkspacePath } from '../../core/code/location.ts';
import { confidenceWord } from '../../core/correlate/basisText.ts';
import { kindText, perRequestText } from '../../core/explain/explainText.ts';
import type { CostNode, PerRequest } from '../../core/explain/explanation.ts';
import { alignedTexts } from '../endpoints/alignedTexts.ts';
import { requestsText } from '../labels.ts';
import { shownPath } from '../paths.ts';
import type { ExplanationState } from './explanationLoader.ts';
import type { WhySlowNode } from './whySlowNodes.ts';

/** A node in words; every part of a span in it is made visible. */
export interface WhySlowText {
  /** The share, then the name: a narrow view cuts the end off. */
  readonly label: string;
  readonly description: string;
  /** Lines of the tooltip. */
  readonly details: readonly string[];
  /** What a screen reader says, without the spaces that align. */
  readonly spoken: string;
}

const longest = 200;
const shown = (text: string) => visibleText(shortened(text, longest));

export function nodeText(node: WhySlowNode, folders: readonly WorkspacePath[]): WhySlowText {
  switch (node.kind) {
    case 'shares': {
      const label = node.by === 'kind' ? message('By kind') : message('By service');
      const description = node.shares
        .map(({ name, share }) => `${shown(name)} ${formatPercent(share)}`)
        .join(' · ');
      return {
        label,
        description,
        details: [label, description],
        spoken: `${label}, ${description}`,
      };
    }
    case 'share': {
      const name = shown(node.name);
      const percent = formatPercent(node.share);
      return {
        label: `${alignedShare(node.share, node.beside)}\u2002${name}`,
        description: '',
        details: [`${name} ${percent}`],
        spoken: `${percent} ${name}`,
      };
    }
    case 'differences': {
      const label = message('What slow requests have');
      const description = formatCount(node.differences.length);
      return { label, description, details: [label], spoken: `${label}, ${description}` };
    }
    case 'difference': {
      const text = shown(node.text);
      return { label: text, description: '', details: [text], spoken: text };
    }
    case 'place':
      return placeText(node.cost, node.beside, folders);
    case 'rest': {
      const text = message(
        '{0} more places below {1}',
        formatCount(node.places.length),
        formatPercent(0.01),
      );
      return { label: text, description: '', details: [text], spoken: text };
    }
  }
}

function placeText(
  cost: CostNode,
  beside: readonly number[],
  folders: readonly WorkspacePath[],
): WhySlowText {
  const name = `${timesText(cost.callsPerRequest)}${shown(cost.symbol)}`;
  const description = [
    ...oftenText(cost),
    `p95 ${formatDuration(cost.p95)}`,
    ...(cost.location === undefined ? [] : [lineText(cost.location)]),
  ].join(' · ');
  return {
    label: `${alignedShare(cost.share, beside)}\u2002${name}`,
    description,
    details: placeDetails(cost, folders),
    spoken: `${formatPercent(cost.share)} ${name}, ${description}`,
  };
}

const alignedShare = (share: number, beside: readonly number[]): string =>
  alignedTexts([formatPercent(share), ...beside.map(formatPercent)])[0] ?? '';

/** `22 × `, before the name, as in lenses; nothing of what every request does once. */
const timesText = (perRequest: PerRequest): string =>
  isOnce(perRequest) ? '' : `${formatCount(perRequest.slow)} × `;

const isOnce = ({ slow, usual = slow }: PerRequest): boolean => slow === 1 && usual === 1;

/** `usually 4`, `in a loop`. */
function oftenText({ callsPerRequest, inLoop }: CostNode): readonly string[] {
  const { slow, usual } = callsPerRequest;
  return [
    ...(usual === undefined || usual === slow ? [] : [message('usually {0}', formatCount(usual))]),
    ...(inLoop ? [message('in a loop')] : []),
  ];
}

const lineText = ({ path, line }: CodeLocation): string =>
  `${shown(path.slice(path.lastIndexOf('/') + 1))}:${line}`;

function placeDetails(cost: CostNode, folders: readonly WorkspacePath[]): readonly string[] {
  const { symbol, service, share, ownShare, kind, callsPerRequest, p50, p95, inLoop } = cost;
  const calls = perRequestText(callsPerRequest);
  return [
    shown(symbol),
    ...(service === '' ? [] : [message('Service: {0}', shown(service))]),
    message('Time: {0}, with everything that it calls', formatPercent(share)),
    ...(ownShare === 0
      ? []
      : [message('Own time: {0}, mostly {1}', formatPercent(ownShare), kindText(kind))]),
    message('Calls per request: {0}', inLoop ? `${calls} ${message('in a loop')}` : calls),
    message('One call: p50 {0}, p95 {1}', formatDuration(p50), formatDuration(p95)),
    ...placeReason(cost, folders),
  ];
}

/** The line and how sure it is, or why there is none. */
function placeReason(
  { location, confidence, reason }: CostNode,
  folders: readonly WorkspacePath[],
): readonly string[] {
  const why = reason === '' ? [] : [shown(reason)];
  if (location === undefined) return why;
  const place = shown(`${shownPath(location.path, folders)}:${location.line}`);
  return [`${place} (${confidenceWord(confidence)})`, ...why];
}

/** Beside the view's title: `DELETE /orders/:id · 2.37 s, usually 340 ms · 40 requests`. */
export function explainedText({ asked, answer, outdated }: ExplanationState): string {
  if (asked === undefined) return '';
  if (answer === undefined) return shown(asked.title);
  const { slow, usual, requests } = answer.explanation;
  const time =
    usual === undefined
      ? formatDuration(slow)
      : message('{0}, usually {1}', formatDuration(slow), formatDuration(usual));
  const of = 'traceId' in asked.about ? asked.about.traceId.slice(0, 8) : requestsText(requests);
  const mark = outdated ? [message('out of date')] : [];
  return [shown(answer.title), time, of, ...mark].join(' · ');
}
