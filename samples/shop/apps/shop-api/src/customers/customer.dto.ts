import { IsEmail, IsString, Length } from 'class-validator';

export class CustomerDto {
  @IsEmail()
  email: string;

  @IsString()
  @Length(1, 80)
  name: string;
}

export class AddressDto {
  @IsString()
  street: string;

  @IsString()
  city: string;

  @IsString()
  @Length(2, 2)
  country: string;
}
