import { matching } from './define-provider.js';

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** Refuses what is no AWS region, since an address is made of it. */
export function regionOf(region: unknown): string {
  return matching('region', region, REGION, "for example 'eu-central-1'");
}

/** Regions in China have a domain of their own. */
export function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** Refuses an ARN that is not of this service and region, such as that of a target group. */
export function arnOf(
  option: string,
  arn: unknown,
  service: string,
  region: string,
  resource: string,
): string {
  const form = new RegExp(
    `^arn:aws(?:-cn|-us-gov)?:${service}:${region}:\\d{12}:${resource}/[\\w./-]+$`,
  );
  return matching(option, arn, form, `arn:aws:${service}:${region}:123456789012:${resource}/…`);
}
