import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CalmReading } from '../../../../src/host/traceFiles/calmReading.ts';

/** A file that takes so long to be read. */
function file(readMs: number) {
  const seen = { began: 0, atOnce: 0, mostAtOnce: 0 };
  const reading = new CalmReading(async () => {
    seen.began += 1;
    seen.atOnce += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce);
    await new Promise((resolve) => setTimeout(resolve, readMs));
    seen.atOnce -= 1;
  });
  return { seen, reading };
}
async function pass(ms: number, each: () => void = () => undefined) {
  for (let at = 0; at < ms; at += 50) {
    each();
    mock.timers.tick(50);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

describe('a file that changes', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 }));
  afterEach(() => mock.timers.reset());

  it('is read once for the steps it is written in', async () => {
    const { seen, reading } = file(10);
    for (let step = 0; step < 3; step += 1) {
      reading.changed();
      await pass(100);
    }
    assert.equal(seen.began, 0);
    await pass(10_000);
    assert.equal(seen.began, 1);
  });

  it('is read though it is never quiet', async () => {
    const { seen, reading } = file(10);
    await pass(10_000, () => reading.changed());
    assert.ok(seen.began >= 3 && seen.began <= 6, String(seen.began));
    reading.dispose();
  });

  it('that is large is read once at a time, and a fifth of the time', async () => {
    const { seen, reading } = file(3_000);
    await pass(60_000, () => reading.changed());
    assert.equal(seen.mostAtOnce, 1);
    assert.ok(seen.began >= 3 && seen.began <= 5, String(seen.began));
    await pass(60_000);
    const whenQuiet = seen.began;
    await pass(60_000);
    assert.equal(seen.began, whenQuiet);
    reading.dispose();
  });

  it('is read no more once it is closed', async () => {
    const { seen, reading } = file(1_000);
    reading.changed();
    await pass(500);
    reading.changed();
    reading.dispose();
    reading.changed();
    await pass(20_000);
    assert.equal(seen.began, 1);
  });
});
