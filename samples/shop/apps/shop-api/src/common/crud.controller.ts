import {
  Body,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { Page, PagePipe } from './page.pipe';

/** What a service offers to be served by a `CrudController`. */
export interface CrudService<Entity, Create, Update> {
  list(page: Page): Promise<Entity[]>;
  get(id: number): Promise<Entity>;
  create(input: Create): Promise<Entity>;
  update(id: number, input: Update): Promise<Entity>;
  remove(id: number): Promise<void>;
}

/** The five routes of a plain resource; a subclass gives the path and the service. */
export abstract class CrudController<Entity, Create, Update> {
  protected constructor(private readonly crud: CrudService<Entity, Create, Update>) {}

  @Get()
  list(@Query('page', PagePipe) page: Page): Promise<Entity[]> {
    return this.crud.list(page);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number): Promise<Entity> {
    return this.crud.get(id);
  }

  @Post()
  create(@Body() input: Create): Promise<Entity> {
    return this.crud.create(input);
  }

  @Patch(':id')
  update(@Param('id', ParseIntPipe) id: number, @Body() input: Update): Promise<Entity> {
    return this.crud.update(id, input);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseIntPipe) id: number): Promise<void> {
    return this.crud.remove(id);
  }
}
