import type { MessageBundle } from '../core/base/message.ts';
import { commandLineSources } from '../sources/registry.ts';

/** Next steps where there is no editor: its commands and settings are options here. */
export const wording: MessageBundle = {
  ...Object.fromEntries(
    commandLineSources.flatMap(({ commandLine }) => Object.entries(commandLine.wording ?? {})),
  ),
  'Set in spanhop.services.': 'Set with --service.',
  "{0}, set in spanhop.services, isn't a package folder in the workspace.":
    "{0}, set with --service, isn't a package folder in the workspace.",
  'Several folders match service {0}: {1}. Choose one.':
    'Several folders match service {0}: {1}. Choose one with --service.',
  'No folder found for service {0}. Choose one.':
    'No folder found for service {0}. Choose one with --service.',
  "Choose the service's folder, or open the folder with its code.":
    "Use --service for the service's folder, or --dir for the folder with its code.",
  'Open the folder with the file, or map it with spanhop.pathMappings.':
    'Use --dir for the folder with the file, or map it with --path-mapping.',
  'Only {0} of {1} services were queried. Select a service.':
    'Only {0} of {1} services were queried.',
};
