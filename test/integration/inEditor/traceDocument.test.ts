import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

import { openTraceDocument } from '../../../src/host/traceFiles/traceDocument.ts';

const bytes = Buffer.from('{"data": []}');
let size = bytes.length;
const none = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
const refuse = () => {
  throw vscode.FileSystemError.NoPermissions();
};
/** Stands for Git's versions, or for the files of a repository elsewhere. */
const elsewhere: vscode.FileSystemProvider = {
  onDidChangeFile: none.event,
  watch: () => new vscode.Disposable(() => undefined),
  stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size }),
  readFile: () => bytes,
  readDirectory: refuse,
  createDirectory: refuse,
  writeFile: refuse,
  delete: refuse,
  rename: refuse,
};

describe('a trace file', () => {
  let registered: vscode.Disposable;
  before(() => {
    registered = vscode.workspace.registerFileSystemProvider('elsewhere', elsewhere);
  });
  after(() => {
    registered.dispose();
  });

  it("that isn't on disk is read from a copy, which goes when it is closed", async () => {
    const uri = vscode.Uri.parse('elsewhere:/shop/an odd:name.trace.json?HEAD');
    const document = await openTraceDocument(uri);
    assert.equal(document.uri, uri);
    assert.equal(basename(document.path), 'an_odd_name.trace.json');
    assert.deepEqual(readFileSync(document.path), bytes);
    document.dispose();
    for (let tries = 0; tries < 100 && existsSync(document.path); tries++) await wait(50);
    assert.equal(existsSync(document.path), false);
  });

  it("that isn't on disk and too large is refused before it is read", async () => {
    size = 500_000_000;
    await assert.rejects(
      openTraceDocument(vscode.Uri.parse('elsewhere:/large.trace.json')),
      /large\.trace\.json is larger than 400 MB/,
    );
  });

  it('on disk is read where it is', async () => {
    const uri = vscode.Uri.file('/shop/one.trace.json');
    assert.equal((await openTraceDocument(uri)).path, uri.fsPath);
  });
});
