import * as messages from '../../messages/index.ts';
import { ensureSaid } from '../ensure.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import { findPost } from '../post.ts';
import type { RequestStep } from '../step.ts';

/** Says that a request was received, that its asker may not ask, or that taking the label off has paused it. */
export const receive: RequestStep<IntakeKey | 'posts'> = {
  name: 'receive',

  decide(picture) {
    const { issue, role, label, asker, posts, config } = picture;
    if (role !== 'request' || !issue.open) return [];

    if (!label.on) {
      if (findPost(posts, 'received') === undefined) return [];
      const paused = { id: `paused/${label.times}`, text: messages.paused({ label: config.labels.request }), data: {} };
      return ensureSaid(issue.number, posts, paused, 'the request label was taken off');
    }
    if (!mayProceed(picture)) {
      const refusal = {
        id: `refusal/${asker.login}`,
        text: messages.refusal({ asker: asker.login, roles: config.roles }),
        data: {},
      };
      return ensureSaid(issue.number, posts, refusal, `${asker.login} holds no role that may ask`);
    }
    const received = { id: 'received', text: messages.received({ asker: asker.login, roles: asker.roles }), data: {} };
    return ensureSaid(issue.number, posts, received, `${asker.login} asked for a database change`);
  },
};
