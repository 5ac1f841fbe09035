import { textOf } from '../json.js';
import { externalNetwork, readComposeNetworks } from './compose-networks.js';
import { type ComposeProject, type ComposeSource, readProjects } from './compose-project.js';
import { readComposeService } from './compose-service.js';
import type { Container, Network } from './container.js';
import { fieldsOf } from './fields.js';
import type { Finding } from './finding.js';
import { mergeService } from './merge-compose.js';

/** What was read: who is there, and what could not be read. */
export interface Deployment {
  readonly containers: readonly Container[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the services of compose files, as far as they say who is on which network and whom the application trusts.
 *
 * @param variable The environment variable that holds the list.
 * @throws CliError where one is no compose file.
 */
export async function readCompose(
  sources: readonly string[],
  variable: string,
  from: ComposeSource,
): Promise<Deployment> {
  const projects = await readProjects(sources, from);
  const containers = await Promise.all(
    projects.map((project) => readProject(project, projects, variable, from)),
  );
  return {
    containers: containers.flat(),
    findings: projects.flatMap(judgeFile),
  };
}

async function readProject(
  project: ComposeProject,
  all: readonly ComposeProject[],
  variable: string,
  from: ComposeSource,
): Promise<Container[]> {
  const services = fieldsOf(project.file['services']);
  const networks = readComposeNetworks(project, all);
  const named = (name: string): Network => externalNetwork(name, all);
  return Promise.all(
    Object.keys(services).map((key) =>
      readComposeService(key, extended(key, services), {
        project,
        networks,
        named,
        variable,
        from,
      }),
    ),
  );
}

/** A service with what it extends in the same file; chains of it, but no circles. */
function extended(
  key: string,
  services: ReturnType<typeof fieldsOf>,
  seen: readonly string[] = [],
): ReturnType<typeof fieldsOf> {
  const service = fieldsOf(Object.hasOwn(services, key) ? services[key] : undefined);
  const { extends: base } = service;
  const other = textOf(base) ?? textOf(fieldsOf(base)['service']);
  if (other === undefined || fieldsOf(base)['file'] !== undefined || seen.includes(other)) {
    return service;
  }
  return mergeService(extended(other, services, [...seen, key]), service);
}

function judgeFile({ file }: ComposeProject): Finding[] {
  const services = Object.entries(fieldsOf(file['services']));
  const elsewhere = services.filter(
    ([, service]) => fieldsOf(fieldsOf(service)['extends'])['file'] !== undefined,
  );
  return [
    ...(file['include'] === undefined ? [] : ['include']),
    ...elsewhere.map(([key]) => key),
  ].map((subject) => ({
    severity: 'medium',
    code: 'cannot-judge',
    subject,
    why: 'takes something from another file, which cannot be judged here',
    instead: 'audit what "docker compose config" prints',
  }));
}
