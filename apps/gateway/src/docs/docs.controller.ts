import { Controller, Get, Header, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { DOCS_PAGE, DOCS_POLICY, DOCS_SCRIPT } from './docs.page.ts';
import { DocsService } from './docs.service.ts';

/** Of no secret, and the same for everybody: any cache may keep it for a while. */
const CACHED = 'public, max-age=300';

@Public()
@ApiExcludeController()
@Controller()
export class DocsController {
  constructor(private readonly docs: DocsService) {}

  /** Leads a visitor to the documentation. */
  @Get()
  @Redirect('/docs', 302)
  home(): void {}

  /** Shows the API in Swagger UI. */
  @Get('docs')
  @Header('cache-control', CACHED)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', DOCS_POLICY)
  @Header('referrer-policy', 'no-referrer')
  @Header('x-content-type-options', 'nosniff')
  page(): string {
    return DOCS_PAGE;
  }

  /** Starts Swagger UI on the page. */
  @Get('docs/start.js')
  @Header('cache-control', CACHED)
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  script(): string {
    return DOCS_SCRIPT;
  }

  /** Describes the whole public API. */
  @Get('openapi.json')
  @Header('cache-control', CACHED)
  async openApi(): Promise<object> {
    return this.docs.openApi();
  }
}
