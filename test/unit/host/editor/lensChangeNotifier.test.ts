import { equal } from 'node:assert/strict';
import { LensChangeNotifier } from '../../../../src/host/editor/lensChangeNotifier.ts';

describe('LensChangeNotifier', () => {
  let now = 0;
  let told = 0;
  let news: LensChangeNotifier;
  beforeEach(() => {
    now = told = 0;
    news = new LensChangeNotifier(
      () => (told += 1),
      () => now,
    );
  });

  it('tells nothing again before VS Code has asked', () => {
    news.tell();
    now += 3_000;
    news.tell();
    equal(told, 1);
    news.asked();
    news.tell();
    equal(told, 2);
  });

  it('tells again when no question came: it was dropped', () => {
    news.tell();
    now += 10_000;
    news.tell();
    equal(told, 2);
  });
});
