import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { jaegerTables, startFakeCluster, type FakeCluster } from '../support/cql/fakeCluster.ts';
import { shopFolder } from '../support/shop.ts';
import { openedHere } from './openedHere.ts';
import { ordersController } from './stage.ts';

const secret = 'd41d8c-secret';

/** Jaeger's tables in that keyspace, kept for two days. */
const tablesOf = (keyspace: string) =>
  jaegerTables.map((table): [string, string, number] => [keyspace, table, 172_800]);

describe('choosing Cassandra as the trace source', () => {
  const opened = openedHere();
  let cluster: FakeCluster | undefined;
  after(() => cluster?.close());

  it('asks only what the cluster does not say, says what it found, and keeps it', async function () {
    this.timeout(480_000); // Eight steps, each with a limit of its own that names it.
    cluster = await startFakeCluster({
      password: secret,
      dataCenter: 'dc1',
      schema: ['jaeger_v1_dc1', 'jaeger_v1_test'].flatMap(tablesOf),
    });
    const editor = await opened.server({});
    const window = await opened.window(editor, await opened.browser(), shopFolder);
    const answer = async (title: string, text: string, picture: string) => {
      await window.quickInput.fill(title, text);
      await window.screenshot(picture);
      await window.quickInput.press('Enter');
      await window.quickInput.left(title);
    };
    const showsSource = (name: string) =>
      window.until(`${name} in the status bar`, async () =>
        (await window.statusTexts(extensionId)).some((text) => text.includes(name)),
      );
    await window.openFile(ordersController);
    await showsSource('Local traces');
    await window.ask('Spanhop: Select Trace Source…', 'Trace source');
    await window.screenshot('cassandra-picker');
    await window.quickInput.pick('Trace source', 'Cassandra');
    await answer('Cassandra Contact Points', cluster.point, 'cassandra-points');
    await answer('(1/2)', 'reader', 'cassandra-user');
    await answer('(2/2)', secret, 'cassandra-password');
    const keyspaces = "Several keyspaces have Jaeger's tables";
    await window.quickInput.entries(keyspaces);
    await window.screenshot('cassandra-keyspaces');
    await window.quickInput.pick(keyspaces, 'jaeger_v1_test');
    const said = window.page.getByText('data center dc1, keyspace jaeger_v1_test');
    await window.step('what was found', () => said.first().waitFor());
    await showsSource('Cassandra');
    await window.screenshot('cassandra-found');
    assert.ok(!editor.output().includes(secret));
  });
});
