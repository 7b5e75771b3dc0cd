import { shownPath } from './shownPath.ts';
import { oneLoop } from '../core/explain/loopText.ts';

import type { CodeLocation } from '../core/code/location.ts';
import { dominantCost } from '../core/explain/dominantCost.ts';
import type { CostNode } from '../core/explain/explanation.ts';
import { withinDepth } from '../core/explain/withinDepth.ts';
import type { ExplainAnswer } from '../engine/methods.ts';

/**
 * An explanation as `--json` gives it: durations in µs, shares of the time from 0 to 1. `file` (relative to the workspace)
 * and `line` are null where no line is known; `usual` where only slow requests were read; `loop` where no one loop runs it.
 * What is nested deeper than 100 calls is left out: `omitted` is how many, in the deepest that are shown.
 * @param dir the workspace
 */
export function explainJson(answer: ExplainAnswer, source: string, dir: string): object {
  const { title, endpoint, explanation, differences, complete, reason } = answer;
  const { requests, slowRequests, slow, usual, kinds, services, root } = explanation;
  const dominant = dominantCost(root);
  return {
    source,
    title,
    service: endpoint?.service ?? root.service,
    requests,
    slowRequests,
    durations: { slow, usual: usual ?? null },
    dominant: dominant === undefined ? null : { ...costJson(dominant, dir), below: undefined },
    kinds,
    services,
    differences,
    tree: treeJson(root, dir),
    complete,
    reason,
  };
}

interface JsonNode {
  readonly below: JsonNode[];
}

/** Calls nested deeper are counted only: text and parsers of JSON take more with each level, and end at some thousands. */
const deepest = 100;

function treeJson(root: CostNode, dir: string): JsonNode {
  const top: JsonNode[] = [];
  const waiting = [{ node: withinDepth(root, deepest), into: top }];
  for (const { node, into } of waiting) {
    const { omitted } = node;
    const below: JsonNode[] = [];
    into.push({ ...costJson(node, dir), below, ...(omitted !== undefined && { omitted }) });
    for (const one of node.below) waiting.push({ node: one, into: below });
  }
  return top[0] as JsonNode;
}

function costJson(node: CostNode, dir: string) {
  const { symbol, service, location, confidence, reason, kind, loops } = node;
  const { share, ownShare, calls, callsPerRequest, timePerRequest, p50, p95, total } = node;
  const loop = oneLoop(loops);
  return {
    symbol,
    service,
    ...(location === undefined ? { file: null, line: null } : placeJson(location, dir)),
    share,
    ownShare,
    kind,
    calls,
    callsPerRequest: callsPerRequest.slow,
    usualCallsPerRequest: callsPerRequest.usual ?? null,
    timePerRequest: timePerRequest.slow,
    usualTimePerRequest: timePerRequest.usual ?? null,
    inLoop: loops.length > 0,
    loop: loop ? placeJson(loop, dir) : null,
    p50,
    p95,
    total,
    confidence,
    reason,
  };
}

const placeJson = ({ path, line }: CodeLocation, dir: string) => ({
  file: shownPath(dir, path),
  line,
});
