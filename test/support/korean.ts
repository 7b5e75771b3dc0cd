import { readFileSync } from 'node:fs';
import { useMessages, type MessageBundle } from '../../src/core/base/message.ts';

/** Has the texts of the enclosing `describe` in Korean. */
export function inKorean(): void {
  before(() => {
    const bundle = new URL('../../l10n/bundle.l10n.ko.json', import.meta.url);
    useMessages(JSON.parse(readFileSync(bundle, 'utf8')) as MessageBundle);
  });
  after(() => useMessages({}));
}
