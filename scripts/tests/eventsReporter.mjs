// Mocha's json-stream reporter, with the tests that were skipped.
import Mocha from 'mocha';

export default class EventsReporter extends Mocha.reporters.JSONStream {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => {
      const event = ['pending', { fullTitle: test.fullTitle(), file: test.file }];
      process.stdout.write(`${JSON.stringify(event)}\n`);
    });
  }
}
