import { formatCount } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { formatElapsed, formatWindow } from '../../base/timeText.ts';
import type { Microseconds } from '../../base/units.ts';
import { shortened, visibleText } from '../../base/visibleText.ts';
import { costText } from '../../explain/explainText.ts';
import type { HandlerCosts } from '../../explain/handlerCosts.ts';
import type { Figures } from '../figures/figures.ts';
import { errorParts, errorShare, mixedParts, quantileParts } from '../figures/figuresText.ts';
import type { HandlerPeer, HandlerPeers } from '../peers/handlerPeers.ts';

export interface LensSettings {
  readonly mode: 'full' | 'slowOnly' | 'hoverOnly' | 'off';
  /** From this p95 on a handler is slow. */
  readonly slow: Microseconds;
  readonly whenNoTraces: 'nothing' | 'quiet';
  readonly windowMinutes: number;
  /** Age of the figures when the last reading failed; undefined while they are fresh. */
  readonly staleFor: Microseconds | undefined;
}

/** What makes a handler differ from healthy ones; the worse of two. */
export type LensMark = 'failing' | 'slow';

/** The line above a handler. The text says the mark in words too, for those who don't see it. */
export interface HandlerLens {
  readonly text: string;
  readonly mark: LensMark | undefined;
}

/** Of the time that is slow: what faster handlers spend their time on isn't worth a line. */
export const costlyPart = 0.25;
const longestCost = 80;

/**
 * The line above a handler: `p50 12 ms · p95 34 ms · 1,204 in 1 h`, `slow · p50 1.2 s · p95 2.45 s · 0.4% errors · 86 in 1 h`.
 * Undefined: no lens, by the mode or because there is nothing to say.
 */
export function handlerLens(
  figures: Figures | undefined,
  settings: LensSettings,
): HandlerLens | undefined {
  const { mode, whenNoTraces, windowMinutes, slow, staleFor } = settings;
  if (mode === 'off' || mode === 'hoverOnly') return undefined;
  if (!figures || figures.count === 0)
    return mode === 'full' && whenNoTraces === 'quiet'
      ? { text: noTracesText(windowMinutes), mark: undefined }
      : undefined;
  const isSlow = figures.p95 !== undefined && figures.p95 >= slow;
  if (mode === 'slowOnly' && !isSlow) return undefined;
  const parts = [
    ...(isSlow ? [message('slow')] : []),
    ...quantileParts(figures, ['p50', 'p95']),
    ...countParts(figures, windowMinutes),
  ];
  return {
    text: withAge(parts.join(' · '), staleFor),
    mark: (errorShare(figures) ?? 0) > 0 ? 'failing' : isSlow ? 'slow' : undefined,
  };
}

/**
 * Beside it, what a handler that takes a while spends most of its time on: `86% in 22 × GET tax/rates/*`. Undefined: on no
 * one place, or it isn't known.
 */
export function costLens(
  figures: Figures | undefined,
  costs: HandlerCosts | undefined,
  { slow }: LensSettings,
): string | undefined {
  const isCostly = figures?.p95 !== undefined && figures.p95 >= slow * costlyPart;
  const dominant = isCostly ? costs?.dominant : undefined;
  return dominant && shortened(visibleText(costText(dominant)), longestCost);
}

const countParts = (figures: Figures, windowMinutes: number): readonly string[] => [
  ...errorParts(figures),
  message('{0} in {1}', formatCount(figures.count), formatWindow(windowMinutes)),
  ...mixedParts(figures),
];

/** `no traces in 1 h`. */
export function noTracesText(windowMinutes: number): string {
  return message('no traces in {0}', formatWindow(windowMinutes));
}

/** Peers shown in each direction; the hover has them all. */
const mostPeers = 2;

/** A peer as its own lens: `→ InvoicesController.onCreated`, `← OrdersController.create +3`. */
export function peerLenses(
  peers: HandlerPeers,
  settings: LensSettings,
): readonly { readonly text: string; readonly peer: HandlerPeer }[] {
  if (settings.mode === 'off' || settings.mode === 'hoverOnly') return [];
  const lenses = (arrow: string, all: readonly HandlerPeer[]) =>
    all.slice(0, mostPeers).map((peer, at) => {
      const more = at === mostPeers - 1 ? all.length - mostPeers : 0;
      return { text: `${arrow} ${peer.symbol}${more > 0 ? ` +${more}` : ''}`, peer };
    });
  return [...lenses('→', peers.to), ...lenses('←', peers.from)];
}

/** What lenses say, with its age where it could not be read again. */
export function withAge(text: string, age: Microseconds | undefined): string {
  if (age === undefined) return text;
  return message('{0} · {1} ago', text, formatElapsed(age));
}
