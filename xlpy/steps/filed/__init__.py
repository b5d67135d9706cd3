"""What is filed (归档文书): the two sheets, the documents that go with them, and their versions."""
