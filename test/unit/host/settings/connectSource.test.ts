import assert from 'node:assert/strict';

import type { SettingReader } from '../../../../src/core/base/setting.ts';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { connectSource, type Dialogue } from '../../../../src/host/settings/connectSource.ts';
import { settings } from '../../../../src/host/contributions.ts';
import { SourceSecrets } from '../../../../src/host/settings/sourceSecrets.ts';
import type { CassandraSettings } from '../../../../src/sources/cassandra/settings.ts';
import {
  editorSources,
  type EditorSourceKind,
  type SourceValues,
} from '../../../../src/sources/registry.ts';
import type { Discovery } from '../../../../src/sources/sourceDescriptor.ts';
import { MemorySecrets } from './memorySecrets.ts';

const editorOf = (kind: EditorSourceKind) =>
  editorSources.find((source) => source.kind === kind)!.editor;

const found: Discovery<SourceValues> = {
  kind: 'found',
  said: 'Connected.',
  settings: {
    'spanhop.cassandra.localDataCenter': 'dc1',
    'spanhop.cassandra.keyspace': 'jaeger_v1_dc1',
  },
};
const several: Discovery<SourceValues> = {
  kind: 'several',
  title: 'Choose one.',
  choices: ['jaeger_v1_dc1', 'jaeger_v1_test'].map((label) => ({
    label,
    settings: { 'spanhop.cassandra.keyspace': label },
  })),
};
const network = {
  proxy: '',
  usesProxy: true,
  noProxy: [],
  strictSsl: true,
  systemCertificates: true,
};
const points = 'spanhop.cassandra.contactPoints';
const unauthorized = () => new SourceError('unauthorized', 'Sign in.');

/** A user who answers as told, in a dialogue with a server that does so too. */
class Scene {
  readonly asked: string[] = [];
  readonly said: string[] = [];
  readonly tried: CassandraSettings[] = [];
  readonly store = new MemorySecrets();
  written: Partial<SourceValues> = {};
  openedSettings = false;
  readonly #set: Partial<SourceValues>;
  readonly #answers: (string | undefined)[];
  readonly #server: (tried: CassandraSettings) => Discovery<SourceValues>;

  constructor(
    server: (tried: CassandraSettings) => Discovery<SourceValues>,
    answers: (string | undefined)[],
    set: Partial<SourceValues> = {},
  ) {
    this.#server = server;
    this.#answers = answers;
    this.#set = set;
  }

  connect(kind: EditorSourceKind, editor = editorOf(kind)): Promise<boolean> {
    const answer = (question: string) => {
      this.asked.push(question);
      assert.ok(this.#answers.length > 0, `nobody answers "${question}"`);
      return Promise.resolve(this.#answers.shift());
    };
    const setting: SettingReader<SourceValues> = (id) => this.#set[id] ?? settings[id].default;
    const dialogue: Dialogue = {
      setting,
      secrets: new SourceSecrets(this.store),
      network,
      ask: ({ title, check }) =>
        answer(title).then((text) => {
          assert.equal(text === undefined ? undefined : check(text), undefined);
          return text;
        }),
      pick: async (title, labels) => {
        const index = labels.indexOf((await answer(title)) ?? '');
        return index < 0 ? undefined : index;
      },
      complain: (text) => answer(text),
      inform: (text) => void this.said.push(text),
      discover: async (title, tried) => {
        await Promise.resolve();
        assert.match(title, /^Connecting to Cassandra at .+…$/);
        assert.ok(tried.kind === 'cassandra');
        this.tried.push(tried);
        return this.#server(tried);
      },
      write: (values) => {
        this.written = { ...this.written, ...values };
        return Promise.resolve();
      },
      openSettings: () => {
        this.openedSettings = true;
        return Promise.resolve();
      },
    };
    return connectSource(editor, dialogue);
  }
}

describe('connecting to a source', () => {
  it('that discovers nothing asks for its address and writes it', async () => {
    const scene = new Scene(() => found, ['http://jaeger:16686 ']);
    assert.equal(await scene.connect('jaeger'), true);
    assert.deepEqual(scene.asked, ['Jaeger URL']);
    assert.deepEqual(scene.written, { 'spanhop.jaeger.url': 'http://jaeger:16686' });
    assert.equal(scene.tried.length, 0);
  });

  it('without an address asks nothing', async () => {
    assert.equal(await new Scene(() => found, []).connect('local'), true);
  });

  it('asks for contact points only where the server lets everyone in, and says what it found', async () => {
    const scene = new Scene(() => found, ['db-1, db-2:9043']);
    assert.equal(await scene.connect('cassandra'), true);
    assert.deepEqual(scene.asked, ['Cassandra Contact Points']);
    assert.deepEqual(scene.said, ['Connected.']);
    assert.deepEqual(scene.written, {
      [points]: ['db-1', 'db-2:9043'],
      'spanhop.cassandra.localDataCenter': 'dc1',
      'spanhop.cassandra.keyspace': 'jaeger_v1_dc1',
    });
    assert.equal(scene.store.values.size, 0);
  });

  it('reaches the server the way that the editor is set to reach the network', async () => {
    const editor = editorOf('cassandra');
    const networks: unknown[] = [];
    const scene = new Scene(() => found, ['db']);
    await scene.connect('cassandra', {
      ...editor,
      read: (given) => {
        networks.push(given.network);
        return editor.read(given);
      },
    });
    assert.deepEqual(networks, [network]);
  });

  it('asks who reads once the server wants to know, and keeps a password only when it is right', async () => {
    const server = ({ user, password }: CassandraSettings) => {
      if (user !== 'reader' || password !== 'right') throw unauthorized();
      return found;
    };
    const wrong = new Scene(server, ['db', 'reader', 'wrong', undefined]);
    assert.equal(await wrong.connect('cassandra'), false);
    assert.deepEqual([wrong.store.values.size, wrong.written], [0, {}]);
    const answers = ['db', 'reader', 'wrong', 'Try Again', 'reader', 'right'];
    const right = new Scene(server, answers);
    assert.equal(await right.connect('cassandra'), true);
    assert.deepEqual(right.asked, [
      'Cassandra Contact Points',
      'Cassandra User for db:9042 (1/2)',
      'Cassandra Password for db:9042 (2/2)',
      'Sign in.',
      'Cassandra User for db:9042 (1/2)',
      'Cassandra Password for db:9042 (2/2)',
    ]);
    assert.deepEqual(
      [...right.store.values],
      [['spanhop.cassandraPassword:db:9042', '{"reader":"right"}']],
    );
    assert.equal(right.written['spanhop.cassandra.user'], 'reader');
    assert.ok(!JSON.stringify(right.written).includes('right'));
  });

  it('takes the password that was kept for these points, in any order, and asks for none', async () => {
    const server = ({ password }: CassandraSettings) => {
      if (password !== 'kept') throw unauthorized();
      return found;
    };
    const scene = new Scene(server, ['b, a:9042'], { 'spanhop.cassandra.user': 'reader' });
    scene.store.values.set('spanhop.cassandraPassword:a:9042, b:9042', '{"reader":"kept"}');
    assert.equal(await scene.connect('cassandra'), true);
    assert.equal(scene.asked.length, 1);
  });

  it('asks which keyspace where there are several, and once only', async () => {
    const server = ({ keyspace }: CassandraSettings) => (keyspace === undefined ? several : found);
    const scene = new Scene(server, ['db', 'jaeger_v1_test']);
    assert.equal(await scene.connect('cassandra'), true);
    assert.deepEqual(
      scene.tried.map(({ keyspace }) => keyspace),
      [undefined, 'jaeger_v1_test'],
    );
    const closed = new Scene(server, ['db', undefined]);
    assert.equal(await closed.connect('cassandra'), false);
    assert.deepEqual(closed.written, {});
  });

  it('looks for data center and keyspace again where the contact points are others', async () => {
    const set = {
      [points]: ['db'],
      'spanhop.cassandra.keyspace': 'mine',
      'spanhop.cassandra.localDataCenter': 'dc7',
    };
    const same = new Scene(() => found, ['db'], set);
    await same.connect('cassandra');
    assert.deepEqual([same.tried[0]?.keyspace, same.tried[0]?.localDataCenter], ['mine', 'dc7']);
    const other = new Scene(() => found, ['elsewhere'], set);
    await other.connect('cassandra');
    assert.deepEqual(
      [other.tried[0]?.keyspace, other.tried[0]?.localDataCenter],
      [undefined, undefined],
    );
  });

  it('offers to try again, to change the address and to open the settings where it fails', async () => {
    const server = ({ contactPoints }: CassandraSettings) => {
      if (contactPoints[0] === 'right') return found;
      throw new SourceError('unreachable', 'Connection refused.');
    };
    const scene = new Scene(server, ['wrong', 'Try Again', 'Change Address', 'right']);
    assert.equal(await scene.connect('cassandra'), true);
    assert.deepEqual(scene.written[points], ['right']);
    assert.equal(scene.tried.length, 3);
    const settled = new Scene(server, ['wrong', 'Open Settings']);
    assert.equal(await settled.connect('cassandra'), false);
    assert.ok(settled.openedSettings);
    assert.deepEqual(settled.written[points], ['wrong']);
    const closed = new Scene(server, ['wrong', undefined]);
    assert.equal(await closed.connect('cassandra'), false);
    assert.deepEqual([closed.written, closed.openedSettings], [{}, false]);
  });

  it('does nothing where its first question is closed, and passes on what is no answer of a server', async () => {
    assert.equal(await new Scene(() => found, [undefined]).connect('cassandra'), false);
    const broken = new Scene(() => {
      throw new TypeError('bug');
    }, ['db']);
    await assert.rejects(broken.connect('cassandra'), TypeError);
  });
});
