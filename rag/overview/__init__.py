"""What a report says as a whole: `Summarise the note`, `这篇报告讲了什么？`."""
