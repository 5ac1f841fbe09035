import { type AppData, openData, readDataSettings } from '@trusted-header/app-data';

const shared: { exampleData?: Promise<AppData> } = Object(globalThis);

/** Gives what the app keeps. Next makes several copies of a module: what is opened once is on `globalThis`. */
export function data(): Promise<AppData> {
  shared.exampleData ??= openData(readDataSettings(process.env));
  return shared.exampleData;
}
