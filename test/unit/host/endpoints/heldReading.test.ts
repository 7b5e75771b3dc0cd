import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HeldReading, type Reading } from '../../../../src/host/endpoints/heldReading.ts';
import type { UseSign } from '../../../../src/host/endpoints/viewUse.ts';

const pace = 30_000;

interface Row {
  readonly handler: { readonly id: string } | undefined;
  readonly figures: number | undefined;
}
type State = Reading<Row>;

const nothing: State = { answer: undefined, error: undefined, cancelled: false, asked: false };
const reading = (
  count: number | undefined,
  handlers = ['list'],
  more: Partial<State> = {},
): State => ({
  ...nothing,
  answer: { rows: handlers.map((id) => ({ handler: { id }, figures: count })) },
  ...more,
});

/** Showing the figures `1` since the time 0. */
function showingFirst(): HeldReading<State> {
  const held = new HeldReading<State>(nothing, () => pace);
  assert.ok(held.offer(reading(1), 0));
  return held;
}
const figuresOf = (held: HeldReading<State>) => held.shown.answer?.rows[0]?.figures;

const signsOfUse: readonly UseSign[] = ['rowHovered', 'rowUsed', 'viewShown'];
const signsElsewhere: readonly UseSign[] = ['viewHidden', 'usedElsewhere', 'windowLeft'];

describe('the figures that Endpoints shows', () => {
  for (const sign of signsOfUse)
    it(`stay while the view is used (${sign}), however many readings come and however long it lasts`, () => {
      const held = showingFirst();
      held.sign(sign, 1);
      for (let at = 1; at <= 20; at += 1) assert.ok(!held.offer(reading(at + 1), at * pace));
      assert.equal(figuresOf(held), 1);
      assert.ok(held.isBehind);
      assert.equal(held.dueAt, undefined);
    });

  for (const sign of signsElsewhere)
    it(`are the newest as soon as a sign tells that the user is elsewhere (${sign})`, () => {
      const held = showingFirst();
      held.sign('rowUsed', 1);
      held.offer(reading(2), pace + 1);
      assert.ok(held.sign(sign, pace + 2));
      assert.equal(figuresOf(held), 2);
      assert.ok(!held.isBehind);
    });

  it('stay while the focus is in the view, though the pointer has left it', () => {
    const held = showingFirst();
    held.sign('rowUsed', 1);
    held.offer(reading(2), pace + 1);
    assert.ok(!held.sign('codeHovered', pace + 2));
    held.sign('usedElsewhere', pace + 3);
    held.sign('rowHovered', pace + 4);
    held.offer(reading(3), 3 * pace);
    assert.ok(held.sign('codeHovered', 3 * pace));
    assert.equal(figuresOf(held), 3);
  });

  it('change once in the refresh time at most while nobody uses the view', () => {
    const held = showingFirst();
    assert.ok(!held.offer(reading(2), 3_000));
    assert.equal(held.dueAt, pace);
    assert.ok(!held.offer(reading(3), 6_000));
    assert.ok(!held.follow(pace - 1));
    assert.ok(held.follow(pace));
    assert.equal(figuresOf(held), 3);
    assert.ok(!held.offer(reading(4), pace + 1));
  });

  it('come at once when the user asked for them, and only those', () => {
    const held = showingFirst();
    held.sign('rowUsed', 1);
    assert.ok(held.offer(reading(2, ['list'], { asked: true }), 2));
    assert.ok(!held.offer(reading(3), 3));
    assert.ok(held.show(4));
    assert.equal(figuresOf(held), 3);
    const failed = reading(3, ['list'], { asked: true, error: new Error('no answer') });
    assert.ok(held.offer(failed, 5));
    assert.equal(held.shown, failed);
  });

  it('come at once where there were none', () => {
    const held = new HeldReading<State>(nothing, () => pace);
    held.sign('viewShown', 0);
    assert.ok(held.offer(reading(undefined), 1));
    assert.ok(held.offer(reading(1), 2));
    assert.equal(figuresOf(held), 1);
  });

  it('go at once when their source is no longer asked', () => {
    const held = showingFirst();
    held.sign('rowUsed', 1);
    assert.ok(held.offer(nothing, 2));
    assert.equal(held.shown.answer, undefined);
  });

  it('say what failed when the user is elsewhere: a line above the rows moves them', () => {
    const held = showingFirst();
    held.sign('rowHovered', 1);
    const failed: State = { ...held.shown, error: new Error('no answer') };
    assert.ok(!held.offer(failed, pace * 2));
    assert.ok(held.sign('usedElsewhere', pace * 2));
    assert.equal(held.shown.error, failed.error);
  });

  it('have a handler that the code has got at once, but not while the view is used', () => {
    const held = showingFirst();
    held.sign('rowUsed', 1);
    assert.ok(!held.offer(reading(1, ['list', 'create']), 2));
    assert.ok(held.sign('usedElsewhere', 3));
    assert.equal(held.shown.answer?.rows.length, 2);
    assert.ok(held.offer(reading(1, ['create']), 4));
  });

  it('are never changed by the clock or by readings while the view is used, whatever happened before', () => {
    const anySign = fc.constantFrom<UseSign>(...signsOfUse, ...signsElsewhere, 'codeHovered');
    fc.assert(
      fc.property(fc.array(anySign), fc.nat(10), (signs, readings) => {
        const held = showingFirst();
        let now = 1;
        for (const sign of [...signs, 'rowHovered' as const]) held.sign(sign, (now += 1_000));
        const before = held.shown;
        for (let at = 0; at < readings; at += 1) held.offer(reading(at + 100), (now += pace));
        assert.ok(!held.follow((now += pace)));
        assert.equal(held.shown, before);
      }),
    );
  });
});
