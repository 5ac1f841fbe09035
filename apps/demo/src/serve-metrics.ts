// Loaded in front of an app (`node --import`), which knows nothing of it: counts its decisions, and shows them to Prometheus on
// http://127.0.0.1:METRICS_PORT/metrics.
import { subscribe } from 'node:diagnostics_channel';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { observeDecisions } from '@trusted-header/opentelemetry';

const exporter = new PrometheusExporter({
  host: '127.0.0.1',
  port: Number(process.env.METRICS_PORT),
});
const meter = new MeterProvider({ readers: [exporter] }).getMeter('demo');
subscribe('trusted-header.decision', observeDecisions({ meter }));
