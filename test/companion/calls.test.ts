import { callLines, runCalls } from '../support/callingApps.ts';
import { assertGolden } from '../support/goldenText.ts';
import { findRedis } from '../support/redisServer.ts';

/** Golden files beside the recordings: databases and other brokers are only recorded. */
const goldenFile = (name: string) =>
  new URL(`../fixtures/spans/calls/${name}.lines.txt`, import.meta.url);

describe('the companion with calls that leave the service', function () {
  this.timeout(600_000);

  it('names the line of each HTTP request, and of each span of the team’s own', async () => {
    assertGolden(goldenFile('http'), callLines(await runCalls('http')));
  });

  for (const [name, what] of [
    ['cache', 'command of Redis and of a cache'],
    ['services', 'gRPC request and message to another service'],
    ['jobs', 'job that is put into a queue'],
  ] as const) {
    it(`names the line of each ${what} (needs redis-server)`, async function () {
      if (!findRedis()) this.skip();
      assertGolden(goldenFile(name), callLines(await runCalls(name)));
    });
  }
});
