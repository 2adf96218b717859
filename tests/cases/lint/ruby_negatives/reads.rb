# headers["Helicone-Property-Nope"] = "x"
=begin
headers["Helicone-Property-Nope"] = "x"
=end
value = headers["Helicone-Property-Nope"]
value = headers.fetch("Helicone-Property-Nope", "default")
value = request.get_header("Helicone-Property-Nope")
puts "yes" if headers.key?("Helicone-Property-Nope")
puts "yes" if headers["Helicone-Property-Nope"] == "x"
headers.delete("Helicone-Property-Nope")
name.start_with?("Helicone-Property-")
name.delete_prefix("Helicone-Property-Nope")
name.sub("Helicone-Property-", "")
Rails.logger.info("Helicone-Property-Nope: x")
logger.warn "Helicone-Property-Nope", "x"
puts "Helicone-Property-Nope", "x"
raise ArgumentError, "Helicone-Property-Nope is missing"
PREFIX = "Helicone-Property-"
ALLOWED = %w[Helicone-Property-Nope Helicone-Property-Other].freeze
ALSO_ALLOWED = ["Helicone-Property-Nope", "Helicone-Property-Other"].freeze
headers.slice("Helicone-Property-Nope", "Accept")
properties = headers.select { |name, _| name.downcase.start_with?("helicone-property-") }
case name
when "Helicone-Property-Nope" then count + 1
end
key = name[/Helicone-Property-(.*)/, 1]
ENV["HELICONE_PROPERTY_NOPE"] = "x"
HELP = <<~TEXT
  Send Helicone-Property-Nope: x
TEXT
