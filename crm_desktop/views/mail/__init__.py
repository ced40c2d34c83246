"""发送邮件: writing a letter, looking at it as each recipient gets it, sending it in the background, the log of it."""
