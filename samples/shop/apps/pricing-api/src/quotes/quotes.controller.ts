import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { QuoteDto, RefundDto } from './quote.dto';
import { QuotesService } from './quotes.service';

@Controller('quotes')
export class QuotesController {
  constructor(private readonly quotes: QuotesService) {}

  @Post()
  quote(@Body() body: QuoteDto) {
    return this.quotes.quote(body);
  }

  @Post('refund')
  @HttpCode(200)
  refund(@Body() body: RefundDto) {
    return this.quotes.refund(body);
  }

  @Get(':id')
  find(@Param('id', ParseIntPipe) id: number) {
    return this.quotes.find(id);
  }
}
