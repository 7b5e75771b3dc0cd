import assert from 'node:assert/strict';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const files = {
  'base.ts': `import { Injectable } from '@nestjs/common';
@Injectable() export class Base { find() {} }
export class Middle extends Base {}`,
  'cats.ts': `import { Controller } from '@nestjs/common'; import { Middle } from './base';
@Controller() export class Cats extends Middle {}
@Controller() export class Dogs extends made() {}`,
  'other.ts': `import { Controller } from '@nestjs/common'; @Controller() export class Cats {}`,
};

describe('the classes of a name', () => {
  const ancestry = (name: string) => {
    const found = indexFiles(files).ancestryOf(name);
    return (
      found && [
        ...found.classes.map((one) => `${one.path.replace(/^.*\//, '')} ${one.name}`),
        ...(found.isComplete ? [] : ['…']),
      ]
    );
  };

  it('come with all they inherit from, those of each file', () => {
    assert.deepEqual(ancestry('Cats'), [
      'cats.ts Cats',
      'base.ts Middle',
      'base.ts Base',
      'other.ts Cats',
    ]);
    assert.deepEqual(ancestry('Base'), ['base.ts Base']);
  });

  it('say when a base is known to the running program only', () => {
    assert.deepEqual(ancestry('Dogs'), ['cats.ts Dogs', '…']);
  });

  it('are none where the workspace has none', () => {
    assert.equal(ancestry('Birds'), undefined);
    assert.equal(ancestry('constructor'), undefined);
  });
});
