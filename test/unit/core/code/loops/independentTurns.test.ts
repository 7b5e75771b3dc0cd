import assert from 'node:assert/strict';
import fc from 'fast-check';
import ts from 'typescript';

import { hasIndependentTurns } from '../../../../../src/core/code/language/extract/loops/independentTurns.ts';

/** What is said of the first loop in a method with this body. */
function isIndependent(body: string, outside = ''): boolean {
  const text = `${outside}\nclass Service {\n async run(ids: string[], state: State) {\n${body}\n }\n}`;
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, false);
  let found: boolean | undefined;
  const visit = (node: ts.Node) => {
    if (found !== undefined) return;
    if (ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isForStatement(node))
      found = hasIndependentTurns(file, node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  assert.ok(found !== undefined, 'no loop in the code');
  return found;
}

const independent: Readonly<Record<string, string>> = {
  'a call for each element': 'for (const id of ids) { await this.client.get(id); }',
  'a body without braces': 'for (const id of ids) await this.client.get(id);',
  'results that are collected':
    'const all = []; for (const id of ids) { const one = await this.client.get(id); all.push(one); } return all;',
  'results kept by name':
    'const all = {}; for (const id of ids) { all[id] = await this.client.get(id); } return all;',
  'a sum that nothing reads':
    'let sum = 0; for (const id of ids) { sum += await this.client.get(id); } return sum;',
  'two calls of which the second needs the first':
    'for (const id of ids) { const user = await this.users.get(id); await this.orders.findOf(user.id); }',
  'an observable':
    'for (const id of ids) { await firstValueFrom(this.http.get(id).pipe(map((a) => a.data))); }',
  'a response that is read':
    'for (const id of ids) { const a = await fetch(id); all.push(await a.json()); }',
  'a counter': 'for (let i = 0; i < ids.length; i++) { await this.client.get(ids[i]); }',
  keys: 'for (const id in ids) { await this.client.get(id); }',
  'a pattern': 'for (const { id, name } of ids) { await this.client.get(id, { name }); }',
  'changes of the element itself':
    'for (const item of ids) { item.price = await this.client.get(item.sku); }',
  'a turn that is left out':
    'for (const id of ids) { if (id === "") continue; await this.client.get(id); }',
  'an error that is logged':
    'for (const id of ids) { try { await this.client.get(id); } catch (error) { this.logger.warn(error, id); } }',
  'a break of its own switch':
    'for (const id of ids) { switch (id) { case "a": await this.client.get(id); break; } }',
  'a return of a function inside':
    'for (const id of ids) { await this.client.get(ids.map((one) => { return one + id; })); }',
  'several at a time, turn by turn':
    'for (const id of ids) { await Promise.all([this.a.get(id), this.b.get(id)]); }',
  'a cursor of its own in each turn':
    'for (const id of ids) { let cursor = ""; const page = await this.client.get(id, cursor); cursor = page.next; }',
  'a client that the constructor sets':
    'for (const id of ids) { await this.api.get(id); } } constructor() { this.api = 1;',
};

const dependent: Readonly<Record<string, string>> = {
  'a cursor':
    'let cursor = ""; for (const id of ids) { const page = await this.client.get(id, cursor); cursor = page.next; }',
  'a cursor in an object':
    'for (const id of ids) { const page = await this.client.get(id, state.cursor); state.cursor = page.next; }',
  'a cursor in a field':
    'for (const id of ids) { const page = await this.client.get(id, this.cursor); this.cursor = page.next; }',
  'a cursor behind an alias':
    'for (const id of ids) { const s = state; const page = await this.client.get(id, state.cursor); s.cursor = page.next; }',
  'a cursor that another function moves':
    'let cursor = ""; const move = (p) => { cursor = p; }; for (const id of ids) { move(await this.client.get(id, cursor)); }',
  'an object that is handed on to be changed':
    'for (const id of ids) { const page = await this.client.get(id, state.cursor); advance(state); }',
  'a field that another method changes':
    'for (const id of ids) { this.step(await this.client.get(id, this.cursor)); } } step(p) { this.cursor = p;',
  'parameters that are changed for each call':
    'const where = {}; for (const id of ids) { where.id = id; await this.client.get(where); }',
  'the URL of the next page':
    'for (let url = "/a"; url; url = page.next) { page = await this.client.get(url); }',
  'a page that the answer ends':
    'for (let page = 1; page <= total; page++) { const a = await this.client.get(page); total = a.total; }',
  'a page that is the last one':
    'for (let i = 0; i < 9; i++) { const rows = await this.client.get(i); if (rows.length === 0) break; }',
  'the first that answers':
    'for (const id of ids) { const a = await this.client.get(id); if (a) return a; }',
  'the first that fails':
    'for (const id of ids) { const a = await this.client.get(id); if (!a) throw new Error(id); }',
  'a break of the loop from a switch outside':
    'for (const id of ids) { if (await this.client.get(id)) { break; } }',
  'a labelled continue':
    'outer: for (const id of ids) { for (const b of ids) { if (await this.client.get(id)) continue outer; } }',
  'a retry':
    'for (let attempt = 0; attempt < 3; attempt++) { try { await this.client.get(state.id); } catch { } }',
  'a retry that ends by a flag':
    'let done = false; for (let i = 0; i < 3 && !done; i++) { await this.client.get(i); done = true; }',
  'a poll': 'for (let i = 0; i < 10; i++) { await this.client.status(); }',
  'what comes next of something':
    'for (const id of ids) { await this.queue2.read(); all.push(id); }',
  'a sleep between calls': 'for (const id of ids) { await this.client.get(id); await sleep(100); }',
  'a timer between calls':
    'for (const id of ids) { await this.client.get(id); await new Promise((resolve) => setTimeout(resolve, id)); }',
  'a rate limit':
    'for (const id of ids) { await this.limiter.acquire(id); await this.client.get(id); }',
  'a limit around the call': 'for (const id of ids) { await limit(() => this.client.get(id)); }',
  'a list that grows while it is gone through':
    'for (const id of ids) { ids.push(...(await this.client.children(id))); }',
  'what was seen before':
    'const seen = new Set(); for (const id of ids) { if (seen.has(id)) continue; seen.add(id); await this.client.get(id); }',
  'a queue that is emptied':
    'for (const id of ids) { const next = state.queue.shift(); await this.client.get(id, next); }',
  'a count that gates':
    'let left = 3; for (const id of ids) { if (left > 0) await this.client.get(id); left--; }',
  'a transaction': 'for (const id of ids) { await tx.order.update({ where: { id } }); }',
  'a transaction of a field':
    'for (const id of ids) { await this.host.tx.order.update({ where: { id } }); }',
  'a transaction for each turn':
    'for (const id of ids) { await this.prisma.$transaction([this.prisma.a.get(id)]); }',
  'one connection': 'for (const id of ids) { await client.query("select $1", [id]); }',
  batches: 'for (const chunk of chunks) { await this.client.putAll(chunk); }',
  'calls that change something': 'for (const id of ids) { await this.client.delete(id); }',
  'what a loop inside changes':
    'for (const id of ids) { const parts = await this.client.get(id); for (const part of parts) { await this.mark(part, state); } }',
  'what a function inside changes':
    'for (const id of ids) { const parts = await this.client.get(id); run(async () => { await this.mark(parts); }); }',
  'what a call in the same turn changes':
    'for (const id of ids) { const one = await this.client.get(id); await this.client.put(id, one); }',
  'a read that changes as well':
    'for (const id of ids) { await this.client.findOneAndUpdate(id); }',
  'what comes next of a reader': 'for (const id of ids) { await reader.readNext(id); }',
  'promises that were made before': 'for (const id of ids) { await id; }',
  'steps of many': 'for (let i = 0; i < ids.length; i += 100) { await this.client.get(ids[i]); }',
  'a stream': 'for await (const id of ids) { await this.client.get(id); }',
  'a variable of the function': 'for (var id of ids) { await this.client.get(id); }',
  'a variable that is declared outside': 'let id; for (id of ids) { await this.client.get(id); }',
  'a counter that jumps':
    'for (let i = 0; i < ids.length; i++) { i += await this.client.get(ids[i]); }',
  'a variable of the function inside':
    'for (const id of ids) { await this.client.get(id, last); var last = id; }',
  'nothing awaited': 'for (const id of ids) { all.push(this.client.get(id)); }',
  'what a loop inside awaits':
    'for (const id of ids) { for (const b of ids) { await this.client.get(id, b); } }',
  'what a function inside awaits':
    'for (const id of ids) { all.push(async () => await this.client.get(id)); }',
  'a loop that is left as it is':
    '// eslint-disable-next-line no-await-in-loop\nfor (const id of ids) { await this.client.get(id); }',
  'a service that is reset in between':
    'for (const id of ids) { this.client.reset(); await this.client.get(id); }',
};

describe('turns of a loop that don’t depend on one another', () => {
  for (const [what, body] of Object.entries(independent))
    it(`are those with ${what}`, () => assert.ok(isIndependent(body)));
});

describe('turns of a loop that may depend on one another', () => {
  for (const [what, body] of Object.entries(dependent))
    it(`are those with ${what}`, () => assert.ok(!isIndependent(body)));

  const turn = fc.constantFrom(...Object.values(independent).slice(0, 3));
  const trap = fc.constantFrom(
    'if (one) break;',
    'if (id) return;',
    'if (id) throw id;',
    'state.cursor = id; use(state.cursor);',
    'await sleep(id);',
    'for (const b of ids) { if (b) return; }',
    'if (id) { { if (id) { break; } } }',
    'try { if (id) return; } finally { note(id); }',
  );

  it('are those with one such statement among any others', () => {
    const filler = fc.constantFrom('note(id);', 'const a = id;', 'if (id) { note(id); }', ';');
    fc.assert(
      fc.property(
        turn,
        fc.array(filler, { maxLength: 4 }),
        trap,
        fc.nat(4),
        (loop, fillers, one, at) => {
          const statements = [...fillers.slice(0, at), one, ...fillers.slice(at)].join(' ');
          const body = loop.includes('{')
            ? loop.replace('{ ', `{ ${statements} `)
            : `for (const id of ids) { ${statements} await this.client.get(id); }`;
          assert.ok(!isIndependent(body), body);
        },
      ),
    );
  });

  it('are found in bounded depth, however deep the code is', () => {
    const deep = `id${'.a'.repeat(5_000)}`;
    assert.equal(
      typeof isIndependent(`for (const id of ids) { await this.client.get(${deep}); }`),
      'boolean',
    );
  });
});
