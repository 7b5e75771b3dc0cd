import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { lineName } from '../../core/explain/loopText.ts';
import type { CostNode } from '../../core/explain/explanation.ts';
import { alignedTexts } from '../endpoints/alignedTexts.ts';
import { requestsText } from '../labels.ts';
import { shownPath } from '../paths.ts';
import type { ExplainAnswer } from '../../engine/methods.ts';
import type { ExplanationState } from './explanationLoader.ts';
import { oftenText, placeDetails, placeName, shown } from './placeText.ts';
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
    case 'loop':
      return loopRowText(node, folders);
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
    case 'omitted': {
      const text = message('Nested too deeply to show: {0} more', formatCount(node.count));
      return { label: text, description: '', details: [text], spoken: text };
    }
  }
}

/** Short, for a narrow view; a screen reader says it as other rows and hovers do. */
function loopRowText(
  { location, isSure }: Extract<WhySlowNode, { kind: 'loop' }>,
  folders: readonly WorkspacePath[],
): WhySlowText {
  const name = lineName(location);
  const place = shown(`${shownPath(location.path, folders)}:${location.line}`);
  const spoken = isSure
    ? message('In the loop at {0}', name)
    : message('Perhaps in the loop at {0}', name);
  const label = isSure ? message('Loop at {0}', name) : message('Perhaps loop at {0}', name);
  return { label, description: '', details: [spoken, place], spoken };
}

function placeText(
  cost: CostNode,
  beside: readonly number[],
  folders: readonly WorkspacePath[],
): WhySlowText {
  const name = placeName(cost);
  const description = [
    ...oftenText(cost),
    `p95 ${formatDuration(cost.p95)}`,
    ...(cost.location === undefined ? [] : [shown(lineName(cost.location))]),
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

/** From here on slow requests can stand out from the others. */
const enoughRequests = 10;

/** Why nothing is said of what slow requests have in common; undefined: enough of an endpoint's were read. */
export function fewText({ endpoint, explanation }: ExplainAnswer): string | undefined {
  const { requests } = explanation;
  if (endpoint === undefined || requests >= enoughRequests) return undefined;
  return requests === 1
    ? message('Based on a single request.')
    : message('Based on {0} requests, too few to tell what slow ones have in common.', requests);
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
