import assert from 'node:assert/strict';
import { callSiteFigures } from '../../../../../src/core/correlate/calls/callSites.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { usersApp } from '../../../../support/recordedApps.ts';
import { readRecording } from '../../../../support/recordedSpans.ts';

const request = (label: string) =>
  mapSpans(readRecording('nest-prisma-spans', 'users-api', label), usersApp);

const callAt = (line: number) => usersApp.calls.find(({ location }) => location.line === line)!.id;

describe('callSiteFigures', () => {
  const loop = request('GET n+1');
  const figures = callSiteFigures([request('GET one'), loop]);

  it('counts the calls of a line, not the queries below them', () => {
    const inLoop = figures.get(callAt(33))!;
    assert.equal(inLoop.calls, 2);
    assert.equal(inLoop.requests, 1);
    assert.equal(inLoop.maxPerRequest, 2);
    assert.equal(inLoop.sampledTraces, 2);
    assert.equal(inLoop.worstTraceId, loop.trace.traceId);
    assert.equal(inLoop.confidence, 'strong');
  });

  it('measures the spans of the calls', () => {
    const durations = loop.trace.spans
      .filter(
        ({ name, attributes }) =>
          name === 'prisma:client:operation' && attributes.some(({ value }) => value === 'Post'),
      )
      .map(({ duration }) => duration)
      .sort((a, b) => a - b);
    const { p50, p95, total } = figures.get(callAt(33))!;
    assert.deepEqual(
      [p50, p95, total],
      [durations[0], durations[1], durations[0]! + durations[1]!],
    );
  });

  it('shows a statement that the call ran', () => {
    assert.match(figures.get(callAt(33))!.statement!, /^SELECT .* FROM `main`.`Post`/);
  });

  it('shows no statement of the transaction itself', () => {
    const created = callSiteFigures([request('POST create tx')]);
    assert.equal(created.get(callAt(41))!.calls, 1);
    assert.match(created.get(callAt(41))!.statement!, /^INSERT/);
    assert.match(created.get(callAt(42))!.statement!, /^INSERT INTO `main`.`User`/);
  });

  it('shows of a batch, which runs below one of its calls, the statement of the right call', () => {
    const code = makeIndex({
      '/shop/users-api': {
        files: {
          'src/a.ts': { A: { count: { at: 1, prisma: ['User.count@2', 'Post.count@3'] } } },
        },
      },
    });
    const batch = mapSpans(readRecording('prisma6-spans', 'users-api', 'tx array'), code);
    const found = callSiteFigures([batch]);
    const [user, post] = code.calls.map(({ id }) => found.get(id)!);
    assert.match(user!.statement!, /FROM `main`.`User`/);
    assert.match(post!.statement!, /FROM `main`.`Post`/);
  });

  it('says nothing of lines that no span is of', () => {
    assert.equal(figures.get(callAt(42)), undefined);
  });
});
