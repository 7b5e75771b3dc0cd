import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { matchOrdinal } from '../../../src/core/waterfall/matches.ts';
import { IconButton } from '../button.tsx';
import type { WaterfallModel } from '../model.ts';

/** How many spans match, and which of them is selected. */
export const MatchCount = ({ model }: { readonly model: WaterfallModel }) => (
  <span class="filter-count">{countText(model)}</span>
);

function countText(model: WaterfallModel): string {
  const { matches, selected, matchCount: count } = model;
  if (model.unanswered.length > 0) return message('Searching…');
  if (!matches) return '';
  if (count === 0) return message('No matches');
  if (selected === undefined || matches[selected] !== 1) return formatCount(count);
  const ordinal = matchOrdinal(matches, selected);
  return message('{0} of {1}', formatCount(ordinal), formatCount(count));
}

/** The ways through the matches, and whether other spans are shown too. */
export const MatchButtons = ({ model }: { readonly model: WaterfallModel }) => (
  <>
    <IconButton
      icon="up"
      label={message('Previous match (N)')}
      disabled={model.matchCount === 0}
      onClick={() => model.goToMatch(-1)}
    />
    <IconButton
      icon="down"
      label={message('Next match (n)')}
      disabled={model.matchCount === 0}
      onClick={() => model.goToMatch(1)}
    />
    <IconButton
      icon="onlyMatches"
      label={message('Show only matching spans and their parents (m)')}
      pressed={model.onlyMatches}
      onClick={() => model.setOnlyMatches(!model.onlyMatches)}
    />
  </>
);
