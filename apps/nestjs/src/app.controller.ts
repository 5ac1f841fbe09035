import { Controller, Get, Inject, Req } from '@nestjs/common';
import {
  type AppLinks,
  adminPage,
  homePage,
  publicPage,
  type View,
  viewOf,
} from '@trusted-header/app-ui';
import { AllowAnonymous, RequireGroups, type TrustedHeaderRequest } from '@trusted-header/nestjs';

/** The token of the links that pages have. */
export const LINKS = Symbol('links');

/** The pages. Every route is for signed-in people, unless it says so. */
@Controller()
export class AppController {
  constructor(@Inject(LINKS) private readonly links: AppLinks) {}

  @Get()
  home(@Req() request: TrustedHeaderRequest): Promise<string> {
    return homePage(this.view(request));
  }

  @Get('admin')
  @RequireGroups('admin')
  admin(@Req() request: TrustedHeaderRequest): Promise<string> {
    return adminPage(this.view(request));
  }

  @Get('public')
  @AllowAnonymous()
  public(@Req() request: TrustedHeaderRequest): Promise<string> {
    return publicPage(this.view(request));
  }

  @Get('whoami')
  whoami(@Req() { decision, identity }: TrustedHeaderRequest): object {
    return { decision: decision.kind, identity };
  }

  private view({ decision }: TrustedHeaderRequest): View {
    return viewOf('NestJS', decision, this.links);
  }
}
