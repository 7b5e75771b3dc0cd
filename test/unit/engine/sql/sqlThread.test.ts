import assert from 'node:assert/strict';
import { textOfMarks } from '../../../../src/core/base/markedText.ts';
import { SqlThread } from '../../../../src/engine/sql/sqlThread.ts';

const workerPath = new URL('../../../../src/engine/sql/sqlWorker.ts', import.meta.url).pathname;
const statement = 'SELECT a FROM b WHERE c = $1';
const good = { statement, dialect: 'postgresql' } as const;
/** Takes the formatter minutes. */
const hostile = {
  statement: 'SELECT '.concat('CASE WHEN '.repeat(10_000)),
  dialect: 'sql',
} as const;
const open = new AbortController().signal;

describe('the thread for SQL', () => {
  let thread: SqlThread;
  afterEach(() => thread.dispose());

  it('lays out one statement after the other', async () => {
    thread = new SqlThread(workerPath, 15_000);
    const [one, other] = await Promise.all([thread.format(good, open), thread.format(good, open)]);
    assert.match(textOfMarks(one ?? []), /^SELECT\n {2}a\nFROM\n/);
    assert.deepEqual(other, one);
  });

  it('is ended where a statement takes too long, which stays as it was; the next has a new one', async () => {
    thread = new SqlThread(workerPath, 15_000);
    await thread.format(good, open);
    const impatient = new SqlThread(workerPath, 1_500);
    const marked = await impatient.format(hostile, open);
    assert.ok(marked === undefined || textOfMarks(marked) === hostile.statement);
    impatient.dispose();
    assert.match(textOfMarks((await thread.format(good, open)) ?? []), /\nFROM\n/);
  });

  it('is ended where nobody waits any more', async () => {
    thread = new SqlThread(workerPath, 15_000);
    await thread.format(good, open);
    const leaving = new AbortController();
    const asked = thread.format(hostile, leaving.signal);
    const next = thread.format(good, open);
    setTimeout(() => leaving.abort(), 50);
    await assert.rejects(asked, { name: 'AbortError' });
    assert.match(textOfMarks((await next) ?? []), /\nFROM\n/);
  });

  it('that cannot be started gives nothing', async () => {
    thread = new SqlThread('/nowhere/sqlWorker.cjs', 15_000);
    assert.equal(await thread.format(good, open), undefined);
  });
});
