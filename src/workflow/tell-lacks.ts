import type { Feature, Lack, Repository } from '../github/port.ts';
import type { Log } from '../kernel/log.ts';
import { whyLacking } from '../messages/lacking.ts';
import { features } from './features.ts';

/** Logs what a repository lacks once, with the remedy, and once when it is there: the log is all there is where nothing can be written. */
export function lackTeller(log: Log): (repository: Repository) => void {
  const told = new Map<string, Map<Feature, string>>();

  return ({ owner, repo, without }) => {
    const name = `${owner}/${repo}`.toLowerCase();
    const before = told.get(name) ?? new Map<Feature, string>();
    told.set(name, before);
    for (const [feature, reason] of without) {
      const { instead, ...what } = features[feature];
      const why = whyLacking({ ...what, reason });
      if (before.get(feature) === why) continue;
      before.set(feature, why);
      log.warn({ repository: name, feature, instead, remedy: remedyOf(reason, what.since) }, `${what.what}: ${why}`);
    }
    for (const feature of [...before.keys()].filter((each) => !without.has(each))) {
      before.delete(feature);
      log.info({ repository: name, feature }, `${features[feature].what}: no longer lacking`);
    }
  };
}

function remedyOf(reason: Lack, since: string | undefined): string {
  switch (reason.kind) {
    case 'permission':
      return `Grant the App the permission ${reason.needs}, or accept the pending request for it`;
    case 'server':
      return since === undefined ? 'Upgrade the server' : `Upgrade the server to ${since}`;
    case 'rules':
      return 'Let the App push to the default branch, or open a pull request to it';
  }
}
