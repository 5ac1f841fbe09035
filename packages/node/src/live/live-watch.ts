import { channel } from 'node:diagnostics_channel';
import { type AuthenticatorSetup, type LiveLists, sharedState } from '@trusted-header/core';
import { describeChange } from './describe-change.js';
import { type Following, followSource } from './follow-source.js';
import { sourceOf } from './source-of.js';
import type { TrustListEvent, TrustListStatus } from './trust-list-event.js';
import type { WatchOptions } from './watch-options.js';

/** The watch of one authenticator's sources, whoever asks for it. */
export interface LiveWatch {
  /** Watches, at least until the function that it gives is called. */
  hold(options: WatchOptions): () => void;
  /** Resolves when each source that is named now has been read once, or could not be. */
  ready(): Promise<void>;
  states(): readonly TrustListStatus[];
}

type Setup = Pick<AuthenticatorSetup, 'live' | 'notify'>;

/** By the lists themselves: an authenticator and what stands round it have the same. */
const watches = sharedState<WeakMap<LiveLists, LiveWatch>>('live watches', () => new WeakMap());

const changes = channel('trusted-header:trust-list');

/** Gives the one watch of an authenticator's sources. Nothing is looked up before somebody holds it. */
export function liveWatchOf(setup: Setup): LiveWatch {
  const made = watches.get(setup.live) ?? createLiveWatch(setup);
  watches.set(setup.live, made);
  return made;
}

/** Keeps the functions of the lists and not the lists themselves, whose end is the watch's own: see `watchTrustedProxies`. */
function createLiveWatch({
  live: { sources, provide, onSources, onStranger },
  notify,
}: Setup): LiveWatch {
  const holds = new Set<WatchOptions>();
  const followed = new Map<string, Following>();
  let stop: (() => void) | undefined;
  let lookUp: WatchOptions = {};

  return {
    hold(options) {
      // Of its own, so that two with the same options are two.
      const hold = { ...options };
      holds.add(hold);
      const isTold = options.dns !== undefined || options.https !== undefined;
      if (isTold) {
        unfollow(() => true);
        lookUp = options;
      }
      stop ??= start();
      follow();
      return () => {
        if (!holds.delete(hold) || holds.size > 0) return;
        stop?.();
        stop = undefined;
        lookUp = {};
        unfollow(() => true);
      };
    },
    async ready() {
      await Promise.all([...followed.values()].map(({ first }) => first));
    },
    states: () => [...followed.values()].map((one) => one.status()),
  };

  function start(): () => void {
    const stops = [onSources(follow), onStranger(hurry)];
    return () => {
      for (const each of stops) each();
    };
  }

  function follow(): void {
    const names = sources();
    unfollow((name) => !names.includes(name));
    for (const name of names) {
      if (followed.has(name)) continue;
      const source = sourceOf(name, lookUp);
      notify(`${name} is looked up; ${source.window}`);
      followed.set(
        name,
        followSource(source, provide, (event) => tell(event, describeChange(event, source))),
      );
    }
  }

  /** Who is no longer looked up is no longer believed. */
  function unfollow(test: (name: string) => boolean): void {
    for (const [name, following] of followed) {
      if (!test(name)) continue;
      following.close();
      followed.delete(name);
      provide(name, []);
    }
  }

  /** Perhaps the proxy has another address: whoever comes from there is refused, and a moment later no more. */
  function hurry(): void {
    for (const [name, following] of followed) if (name.startsWith('dns:')) following.hurry();
  }

  function tell(event: TrustListEvent, line: string): void {
    notify(line);
    for (const { onChange } of holds) {
      try {
        onChange?.(event);
      } catch {
        // An observer's fault is its own.
      }
    }
    changes.publish(event);
  }
}
