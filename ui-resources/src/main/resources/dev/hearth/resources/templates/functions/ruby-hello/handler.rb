def handler(event:, context:)
  name = event.fetch("name", "world")
  puts "saying hello to #{name}"
  { message: "Hello, #{name}!" }
end
