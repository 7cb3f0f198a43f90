import type { Label } from '../github/port.ts';

/** The labels by which people see, in a list of issues, where a request stands. An issue carries one of them at most. */
export const stateLabels = {
  'needs-info': {
    name: 'db:needs-info',
    color: 'd4c5f9',
    description: 'Questions are open; nothing happens until they are answered',
  },
  planned: { name: 'db:planned', color: 'bfd4f2', description: 'The plan is posted' },
  'in-progress': { name: 'db:in-progress', color: '0e8a16', description: 'The specialists are at work' },
  blocked: { name: 'db:blocked', color: 'fbca04', description: 'Waits for something that the latest comment names' },
  escalated: { name: 'db:escalated', color: 'b60205', description: 'A person with authority must decide' },
  done: { name: 'db:done', color: '5319e7', description: 'Done, verified and reported' },
} as const satisfies Record<string, Label>;

export type State = keyof typeof stateLabels;
