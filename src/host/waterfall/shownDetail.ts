import type { CodeLocation } from '../../core/code/location.ts';
import { isMatch } from '../../core/matching/match.ts';
import type { SpanPeer } from '../../core/correlate/peers/spanPeers.ts';
import type { EngineSpanDetail } from '../../engine/methods.ts';
import type { ShownLocation, ShownPeer, SpanDetail } from '../../protocol/waterfall.ts';
import { shownPath, workspacePath } from '../paths.ts';

/** A span's details as the page gets them: locations relative to the workspace folders. */
export function shownDetail(
  detail: EngineSpanDetail,
  folders: readonly string[],
  sourcePage: string,
): SpanDetail {
  const { match, stacks, peers, ...rest } = detail;
  const shown = shownIn(folders);
  return {
    ...rest,
    confidence: match.confidence,
    reason: match.reason,
    location: isMatch(match) ? shown(match.location, match.symbol) : undefined,
    alternatives: isMatch(match)
      ? match.alternatives.map(({ location, symbol }) => shown(location, symbol))
      : [],
    drifted: isMatch(match) && match.drifted === true,
    stacks: stacks.map(({ type, message, frames }) => ({
      type,
      message,
      frames: frames.map(({ text, place }) => ({
        text,
        location: place && shown(place.location, place.symbol),
        reason: place?.reason ?? '',
      })),
    })),
    peers: shownPeers(peers, folders),
    sourcePage,
  };
}

const shownIn =
  (folders: readonly string[]) =>
  (location: CodeLocation, symbol: string): ShownLocation => ({
    file: shownPath(workspacePath(location.path), folders),
    line: location.line,
    symbol,
  });

/** Peers as the page gets them. */
export function shownPeers(
  peers: readonly SpanPeer[],
  folders: readonly string[],
): readonly ShownPeer[] {
  const shown = shownIn(folders);
  return peers.map(({ match, ...peer }) => ({
    ...peer,
    location: match && isMatch(match) ? shown(match.location, match.symbol) : undefined,
    confidence: match?.confidence ?? 'unmapped',
    isUnread: match === undefined && peer.link !== undefined,
  }));
}

/** The place of the span, or of one of the alternatives; undefined where there is none. */
export function chosenLocation(
  { match }: EngineSpanDetail,
  alternative: number | undefined,
): CodeLocation | undefined {
  if (!isMatch(match)) return undefined;
  return alternative === undefined ? match.location : match.alternatives[alternative]?.location;
}

/** The place of a frame, by its position; undefined where there is none, or no such frame. */
export const chosenFrame = (
  { stacks }: EngineSpanDetail,
  stack: number,
  frame: number,
): CodeLocation | undefined => stacks[stack]?.frames[frame]?.place?.location;
