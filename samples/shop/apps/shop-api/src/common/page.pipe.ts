import { BadRequestException, Injectable, PipeTransform } from '@nestjs/common';

export interface Page {
  skip: number;
  take: number;
}

const size = 20;

/** `?page=3`, counted from 1, as Prisma's `skip` and `take`. */
@Injectable()
export class PagePipe implements PipeTransform<string | undefined, Page> {
  transform(value: string | undefined): Page {
    const page = Number(value ?? 1);
    if (!Number.isInteger(page) || page < 1)
      throw new BadRequestException('page is a number from 1 on');
    return { skip: (page - 1) * size, take: size };
  }
}
