import { acknowledgement } from './acknowledgement.ts';
import { planAndReview } from './plan-and-review.ts';

/** `npm run bench [acknowledgement|plan-and-review]`: every figure, or those of one part. */
const parts = { acknowledgement, 'plan-and-review': planAndReview };
const [wanted] = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) if (wanted === undefined || wanted === name) await run();
