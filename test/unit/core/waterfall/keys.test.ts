import assert from 'node:assert/strict';
import { treeCommand } from '../../../../src/core/waterfall/keys.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
  code = '',
) =>
  treeCommand({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });

describe('treeCommand', () => {
  it('knows the keys of a tree', () => {
    assert.deepEqual(press('ArrowDown'), { kind: 'move', key: 'down' });
    assert.deepEqual(press('Enter'), { kind: 'openCode' });
    assert.deepEqual(press('/'), { kind: 'filter' });
    assert.deepEqual(press('N', { shiftKey: true }), { kind: 'match', direction: -1 });
  });

  it('knows its letters by their place where the keys are Korean, Greek or Russian', () => {
    assert.deepEqual(press('ㅜ', {}, 'KeyN'), { kind: 'match', direction: 1 });
    assert.deepEqual(press('ㅜ', { shiftKey: true }, 'KeyN'), { kind: 'match', direction: -1 });
    assert.deepEqual(press('ψ', {}, 'KeyC'), { kind: 'change', change: 'collapsedAll' });
    assert.deepEqual(press('z', {}, 'KeyY'), { kind: 'zoomToSpan' }, 'German keys say z there');
    assert.equal(press('ㅜ', { ctrlKey: true }, 'KeyN'), undefined);
    assert.equal(press('é', {}, 'Digit2'), undefined);
  });

  it('Shift with an arrow pans through time', () => {
    assert.deepEqual(press('ArrowRight', { shiftKey: true }), { kind: 'panRight' });
    assert.deepEqual(press('ArrowRight'), { kind: 'right' });
  });

  it('undoes and redoes as the editor does', () => {
    assert.deepEqual(press('z', { ctrlKey: true }, 'KeyZ'), { kind: 'undo' });
    assert.deepEqual(press('Z', { metaKey: true, shiftKey: true }, 'KeyZ'), { kind: 'redo' });
    assert.equal(press('z', { ctrlKey: true, altKey: true }, 'KeyZ'), undefined);
  });

  it('leaves function keys, Tab and everything else with Ctrl, Cmd or Alt to the editor', () => {
    for (const key of ['F1', 'F5', 'F12', 'Tab', 'p', 'Control', 'Dead'])
      assert.equal(press(key), undefined, key);
    for (const key of ['ArrowDown', 'Enter', '/', 'n', 'Home', '0', '-', '='])
      for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const)
        assert.equal(press(key, { [held]: true }), undefined, `${held} ${key}`);
  });
});
