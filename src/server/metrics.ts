import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Queue, queueNames } from '../store/port.ts';

/** What an operator watches. */
export interface Metrics {
  delivered(event: string): void;
  passed(queue: string, seconds: number, ok: boolean): void;
  acted(kind: string): void;
  /** The exposition text and its content type. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Each server has a registry of its own, so that several can live in one process. */
export function metricsOf(queue: Queue): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: 'database_lead_deliveries_total',
    help: 'Webhook deliveries by event',
    labelNames: ['event'],
    registers,
  });
  const actions = new Counter({
    name: 'database_lead_actions_total',
    help: 'Writes to GitHub by kind',
    labelNames: ['kind'],
    registers,
  });
  const jobs = new Histogram({
    name: 'database_lead_job_seconds',
    help: 'How long jobs ran',
    labelNames: ['queue', 'outcome'],
    buckets: [0.05, 0.2, 0.5, 1, 2, 5, 15, 60, 180],
    registers,
  });
  new Gauge({
    name: 'database_lead_queue_depth',
    help: 'Keys that wait or run',
    labelNames: ['queue'],
    registers,
    async collect() {
      for (const name of queueNames) this.set({ queue: name }, await queue.depth(name));
    },
  });
  return {
    delivered: (event) => deliveries.inc({ event }),
    passed: (name, seconds, ok) => jobs.observe({ queue: name, outcome: ok ? 'ok' : 'failed' }, seconds),
    acted: (kind) => actions.inc({ kind }),
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
